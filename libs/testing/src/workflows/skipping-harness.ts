import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Client } from '@temporalio/client';
import { clusterQueue, CONTROL_QUEUE } from '@fairlead/contracts';
import { temporalTestServerPath } from '../../../../tools/setup/index.ts';
import { createTurnActivities } from '@fairlead/temporal/activities';
import { bundleWorkflows, installQuietRuntime } from './harness.ts';

export interface SkippingHarness {
  readonly client: Client;
  /** In the server's time, which passes at once. */
  sleep(ms: number): Promise<void>;
  /** The server's time, epoch milliseconds. */
  now(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Temporal's time-skipping server: while a test waits for a workflow's result, hours pass in milliseconds. It knows no
 * search attributes and no lists. One a file: its time is everyone's.
 */
export async function startSkippingHarness(activities: object): Promise<SkippingHarness> {
  installQuietRuntime();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await temporalTestServerPath() } },
  });
  const connection = environment.nativeConnection;
  const workflowBundle = await bundleWorkflows();
  const workers = await Promise.all([
    Worker.create({
      connection,
      taskQueue: CONTROL_QUEUE,
      workflowBundle,
      activities: {
        ...createTurnActivities({ connection: environment.connection, namespace: 'default' }),
        ...activities,
      },
    }),
    Worker.create({ connection, taskQueue: clusterQueue('default'), activities }),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    client: environment.client,
    sleep: (ms) => environment.sleep(ms),
    now: () => environment.currentTimeMs(),
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await environment.teardown();
    },
  };
}
