import { hostname } from 'node:os';
import type { WorkerOptions } from '../options/worker-options.ts';

/** Shown in the Web UI beside what a worker did: in Kubernetes the host is the pod. */
export function workerIdentity({ role, cluster }: WorkerOptions): string {
  const serves = role === 'control' ? role : `${role}:${cluster}`;
  return `${hostname()}/${serves}/${process.pid}`;
}
