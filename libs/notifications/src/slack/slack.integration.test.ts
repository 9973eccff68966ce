import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  createScriptedCluster,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { startMockSlack } from '@fairlead/testing/vendors';
import type { MockSlack } from '@fairlead/testing/vendors';
import { waitFor } from '@fairlead/testing/servers';
import { createDeliveryActivities } from '../delivery/activities.ts';
import { createSettingsActivities } from '../settings-activities.ts';
import { createSlack } from './slack.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ROLES = [
  { name: 'ops', channels: ['slack'], events: ['failure', 'rollback'] },
  { name: 'dev', channels: ['slack'], events: ['status', 'failure', 'canary', 'promotion'] },
] as const;
const KINDS = [
  'deployment-started',
  'canary-started',
  'canary-completed',
  'canary-promoted',
  'deployment-completed',
];

let vendor: MockSlack;
let harness: WorkflowHarness;

beforeAll(async () => {
  vendor = await startMockSlack();
  const destinations = [createSlack({ name: 'slack', webhookUrl: vendor.webhookUrl })];
  const settings = () => ({ destinations, roles: ROLES });
  harness = await startWorkflowHarness(
    {
      ...createScriptedCluster(),
      ...createDeliveryActivities({ settings, log: silent }),
      ...createSettingsActivities({ settings }),
      lookupRecord: () => Promise.resolve(undefined),
    },
    { pacedDestinations: ['slack'] },
  );
});

afterAll(async () => {
  await harness.stop();
  await vendor.stop();
});

it('tells of a deployment once each and in order, through throttling and a broken connection', async () => {
  vendor.misbehave({ status: 429, headers: { 'retry-after': '1' } }, 'reset');

  await harness.request(requestOf('slack'));
  await harness.result('slack');
  await waitFor(() => vendor.messages.length === KINDS.length, {
    deadlineMs: 60_000,
    what: () => `every message; there are ${JSON.stringify(vendor.messages)}`,
  });

  const keys = vendor.messages.map(
    (message) => /slack\/[a-z-]+\/slack/.exec(JSON.stringify(message))?.[0],
  );
  expect(keys).toEqual(KINDS.map((kind) => `slack/${kind}/slack`));
  // Two more than messages: what failed, each tried again alone.
  expect(vendor.received).toHaveLength(KINDS.length + 2);
});
