import type { WorkerState } from '../workers/supervisor.ts';

/** What the endpoint answers from. */
export interface HealthSource {
  /** Empty until the workers were made: Temporal is awaited. */
  readonly states: () => readonly WorkerState[];
  readonly temporalAnswers: () => Promise<boolean>;
  /** In Prometheus' text format; undefined where the configuration has no use for it. */
  readonly metrics: () => Promise<string> | undefined;
}

export interface HealthAnswer {
  readonly ok: boolean;
  readonly workers: readonly WorkerState[];
  readonly temporal?: 'answers' | 'away';
}

/** Alive until a worker has failed: a new process is the only mend for that. A server that is away is none of it. */
export function liveness({ states }: HealthSource): HealthAnswer {
  const workers = states();
  return { ok: workers.every(({ state }) => state !== 'FAILED'), workers };
}

/** Ready when every worker polls and Temporal answers. */
export async function readiness({ states, temporalAnswers }: HealthSource): Promise<HealthAnswer> {
  const workers = states();
  const running = workers.length > 0 && workers.every(({ state }) => state === 'RUNNING');
  if (!running) return { ok: false, workers };
  const answers = await temporalAnswers();
  return { ok: answers, workers, temporal: answers ? 'answers' : 'away' };
}
