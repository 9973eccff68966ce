import { AdapterError } from '@fairlead/contracts';
import type { Doom } from '@fairlead/contracts';
import type { Cluster } from '../port.ts';
import type { WaitClock } from '../wait-clock.ts';

/** What it takes to look. */
export interface Reading {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/** What every change of one request shares. */
export interface Run extends Reading {
  readonly deploymentId: string;
  /** Of the waits of the change that is being made. */
  readonly clock: WaitClock;
  readonly now: () => number;
  /** By component: how long its slowest new pod took to be ready, in seconds. Filled by the waits. */
  readonly readySeconds: Map<string, number>;
}

/** A change is done, or its pods are doomed. */
export type Outcome = Doom | undefined;

/** A read that is given up at once when the run is cancelled. Writes are not: each is waited for. */
export async function read<T>({ signal }: Pick<Reading, 'signal'>, answer: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

/**
 * Someone else wrote between our read and our write: an autoscaler may do so at any moment, and every component that
 * shares a route does so once. More is left to Temporal's retry.
 */
const CONFLICT_ATTEMPTS = 10;

/** Reads, decides and writes again when the object changed in between. */
export async function rereadOnConflict<T>(run: Run, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    run.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const conflict = error instanceof AdapterError && error.type === 'cluster-conflict';
      if (!conflict || tries >= CONFLICT_ATTEMPTS) throw error;
    }
  }
}
