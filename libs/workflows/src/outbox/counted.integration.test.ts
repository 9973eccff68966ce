import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { CONTROL_QUEUE, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { Delivery, OpenDelivery, Receipt } from '@fairlead/contracts';
import { freePorts, waitFor } from '@fairlead/testing/servers';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';

const DEADLINE_MS = 60_000;

const deliveries = createRecordingDeliveries();
let harness: WorkflowHarness;
let metrics: string;

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  metrics = `http://127.0.0.1:${port}/metrics`;
  const runtime = Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: {
      metrics: { prometheus: { bindAddress: `127.0.0.1:${port}`, countersTotalSuffix: true } },
    },
  });
  // There is one in a process, and the harness wants its own, which has no metrics.
  const install = jest.spyOn(Runtime, 'install').mockReturnValue(runtime);
  harness = await startWorkflowHarness({
    ...createScriptedCluster(),
    ...deliveries,
    lookupRecord: () => Promise.resolve(undefined),
  });
  install.mockRestore();
});

afterAll(() => harness.stop());

function deliveryTo(destination: string): Delivery {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    key: `d-1/deployment-failed/${destination}`,
    destination,
    event: { id: 'd-1/deployment-failed', kind: 'deployment-failed', at, message: 'it failed' },
    facts: {
      ...{ deploymentId: 'd-1', environment: 'production', application: 'shop', namespace: 'shop' },
      ...{ cluster: 'default', type: 'canary', kind: 'deploy', phase: 'canary', step: 1 },
      ...{ weight: 10, components: [], actor: 'ann', startedAt: at, warnings: [], drift: [] },
    },
  };
}

function redeliver(open: readonly OpenDelivery[]): Promise<unknown> {
  return harness.client.workflow.execute(WORKFLOW_TYPES.redelivery, {
    workflowId: 'redelivery/d-1',
    taskQueue: CONTROL_QUEUE,
    args: [{ deploymentId: 'd-1', open }],
  });
}

function series(destination: string, state: string): RegExp {
  return new RegExp(
    `^fairlead_deliveries_total\\{[^}]*destination="${destination}"[^}]*state="${state}"[^}]*\\} 1$`,
    'm',
  );
}

it('counts once what no worker has a receipt of: given up, and unknown after its worker was lost', async () => {
  deliveries.before = ({ destination }) =>
    destination === 'given-up'
      ? Promise.reject(ApplicationFailure.nonRetryable('away', 'vendor-unreachable'))
      : // To Temporal, a worker that is lost is one that does not answer in time.
        new Promise(() => undefined);

  const receipts = (await redeliver([
    { road: 'keyed', delivery: deliveryTo('given-up') },
    { road: 'keyed', delivery: deliveryTo('lost'), atMostOnce: true },
  ])) as readonly Receipt[];

  expect(receipts.map(({ destination, state }) => `${destination} ${state}`).sort()).toEqual([
    'given-up dead',
    'lost unknown',
  ]);
  await waitFor(
    async () => {
      const text = await (await fetch(metrics)).text();
      return series('given-up', 'dead').test(text) && series('lost', 'unknown').test(text);
    },
    { deadlineMs: DEADLINE_MS, what: 'both receipts in the metrics' },
  );
});
