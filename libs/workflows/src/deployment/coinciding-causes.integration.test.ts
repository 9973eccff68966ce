import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Context } from '@temporalio/activity';
import type { ApplyRequest, ApplyResult, Doom } from '@fairlead/contracts';
import { abortSignal } from '@fairlead/contracts/messages';
import { waitFor } from '@fairlead/testing/servers';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';

const DOOM: Doom = {
  component: 'api',
  workload: 'api-canary',
  side: 'canary',
  reason: 'CrashLoopBackOff',
  message: 'back-off restarting failed container',
  since: '2026-01-01T00:00:00Z',
};

const deliveries = createRecordingDeliveries({ mail: 'keyed' });
const cluster = createScriptedCluster();
let applying = 0;
let harness: WorkflowHarness;

beforeAll(async () => {
  harness = await startWorkflowHarness({
    ...{ ...cluster, ...deliveries, clusterApply: doomedWhenCancelled },
    lookupRecord: () => Promise.resolve(undefined),
  });
});

afterAll(() => harness.stop());

/** The last look before it stops finds the canary doomed: both are true at once. The way back goes. */
async function doomedWhenCancelled(request: ApplyRequest): Promise<ApplyResult> {
  if (request.isWayBack === true) return cluster.clusterApply(request);
  const context = Context.current();
  const beat = setInterval(() => {
    context.heartbeat();
  }, 50);
  applying += 1;
  await context.cancelled.catch(() => undefined);
  clearInterval(beat);
  return { doom: DOOM, observed: [] };
}

it('"Causes that coincide (deadline, verdict, a person\'s abort) are one event that lists them all"', async () => {
  await harness.request(requestOf('both'));
  await waitFor(() => applying === 1, { deadlineMs: 60_000, what: 'the first change' });

  const handle = harness.client.workflow.getHandle('deployment/both');
  await handle.signal(abortSignal, { actor: 'bob', reason: 'slow' });
  const result = await harness.result('both');
  const { events } = await harness.record('both');

  const told = events.filter(({ message }) => message.includes('CrashLoopBackOff'));
  expect(result.outcome).toBe('rolled-back');
  expect(told.map(({ kind }) => kind)).toEqual(['rollback-initiated']);
  expect(told[0]?.message).toMatch(/^abort by bob: slow; and api-canary: CrashLoopBackOff: /);
});
