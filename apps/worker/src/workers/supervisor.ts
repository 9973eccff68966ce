import type { Worker } from '@temporalio/worker';
import type { Log } from '@fairlead/temporal/logging';

/** What the supervisor needs of a worker. */
export type Supervised = Pick<Worker, 'run' | 'shutdown' | 'getState' | 'options'>;

export interface WorkerState {
  readonly taskQueue: string;
  readonly state: ReturnType<Worker['getState']>;
}

/** Runs the workers of this process as one: all of them or none. */
export interface Supervisor {
  /** Resolves when all ended as asked; throws the first failure when one broke, after the others ended too. */
  run(): Promise<void>;
  shutdown(): void;
  states(): readonly WorkerState[];
}

export function createSupervisor(workers: readonly Supervised[], log: Log): Supervisor {
  let asked = false;

  function shutdown(): void {
    asked = true;
    for (const worker of workers) {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    }
  }

  async function runOne(worker: Supervised): Promise<void> {
    const { taskQueue } = worker.options;
    try {
      const running = worker.run();
      // A signal may have come before this one ran.
      if (asked) worker.shutdown();
      await running;
    } catch (error) {
      log.error('worker failed', { taskQueue, error });
      shutdown();
      throw error;
    }
  }

  return {
    async run() {
      const results = await Promise.allSettled(workers.map(runOne));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    shutdown,
    states: () =>
      workers.map((worker) => ({ taskQueue: worker.options.taskQueue, state: worker.getState() })),
  };
}
