import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Client } from '@temporalio/client';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import { temporalTestServerPath } from '../../../../tools/setup/index.ts';
import { bundleWorkflows, installQuietRuntime } from './harness.ts';

export interface SkippingHarness {
  readonly client: Client;
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
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: CONTROL_QUEUE,
    workflowBundle: await bundleWorkflows(),
    activities,
  });
  const running = worker.run();
  return {
    client: environment.client,
    async stop() {
      worker.shutdown();
      await running;
      await environment.teardown();
    },
  };
}
