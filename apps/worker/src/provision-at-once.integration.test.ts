import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ProvisionActivities } from '@fairlead/contracts';
import { provision } from '@fairlead/temporal/provisioning';
import { waitFor } from '@fairlead/testing/servers';
import { startSkippingHarness } from '@fairlead/testing/workflows';
import type { SkippingHarness } from '@fairlead/testing/workflows';

const DEADLINE_MS = 60_000;
/** By name of the system. */
const begun: Record<string, number> = {};
const atWork: Record<string, number> = {};
const most: Record<string, number> = {};

/** The first system's work does not end before the other's has begun, and whoever begins meanwhile is seen. */
const activities: ProvisionActivities = {
  async provision({ system }) {
    begun[system] = (begun[system] ?? 0) + 1;
    atWork[system] = (atWork[system] ?? 0) + 1;
    most[system] = Math.max(most[system] ?? 0, atWork[system]);
    await waitFor(() => 'datadog' in begun, { deadlineMs: DEADLINE_MS, what: 'the other system' });
    atWork[system] -= 1;
    return [{ thing: 'folder', name: system, action: 'unchanged' }];
  },
};

let harness: SkippingHarness;

beforeAll(async () => {
  harness = await startSkippingHarness(activities);
});

afterAll(() => harness.stop());

function apply(system: string) {
  const { connection, options } = harness.client;
  const input = { system, verb: 'apply', force: false, removeDuplicates: false } as const;
  return provision({ connection, namespace: options.namespace, input });
}

it('"One workflow with a fixed ID per system, so two never run at once": one waits for the other, and no system for another', async () => {
  const three = Promise.all([apply('grafana'), apply('grafana'), apply('grafana')]);
  await waitFor(() => begun['grafana'], { deadlineMs: DEADLINE_MS, what: 'the first to begin' });
  await apply('datadog');

  const changes = await three;

  expect(changes.flat().map(({ name }) => name)).toEqual(['grafana', 'grafana', 'grafana']);
  expect(begun).toEqual({ grafana: 3, datadog: 1 });
  expect(most).toEqual({ grafana: 1, datadog: 1 });
});
