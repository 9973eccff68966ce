import type { LogLevel } from '@fairlead/temporal/logging';

export const ROLES = ['control', 'cluster', 'both'] as const;
export type Role = (typeof ROLES)[number];

export interface WorkerOptions {
  readonly role: Role;
  /** Names the cluster that this worker serves, and its task queue. */
  readonly cluster: string;
  readonly configFiles: readonly string[];
  /** Directory of the sandbox's state; absent: a real cluster. */
  readonly sandbox?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Absent: no health endpoint. */
  readonly health?: { readonly host: string; readonly port: number };
  /** `host:port` of the SDK's own `/metrics`; absent: none. */
  readonly metricsAddress?: string;
  readonly connectTimeoutMs: number;
  readonly logLevel: LogLevel;
  /** Base address of Temporal's Web UI, for the link in messages. */
  readonly uiUrl?: string;
  /** Deliveries a second of a paced destination, instead of its own; 0 lifts the limit. */
  readonly rates: Readonly<Record<string, number>>;
  /** A prebuilt workflow bundle to run instead of the sources. */
  readonly workflowBundle?: string;
}
