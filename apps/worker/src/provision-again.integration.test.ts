import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import type { ProvisionChange } from '@fairlead/contracts';
import { createMonitoringActivities } from '@fairlead/monitoring';
import type { MonitoringSystem } from '@fairlead/monitoring';
import { provision } from '@fairlead/temporal/provisioning';
import { startSkippingHarness } from '@fairlead/testing/workflows';
import type { SkippingHarness } from '@fairlead/testing/workflows';

const NAMES = ['first', 'second', 'third'];

/** What the system has; the first try breaks off before the third. */
const there = new Set<string>();
let tries = 0;

const system: Pick<MonitoringSystem, 'name' | 'provisioner'> = {
  name: 'grafana',
  provisioner: {
    plan: () => Promise.resolve([]),
    apply(_options, _signal, made) {
      tries += 1;
      const changes: ProvisionChange[] = [];
      for (const name of NAMES) {
        if (tries === 1 && name === 'third') {
          return Promise.reject(new AdapterError('vendor-unreachable', 'no answer'));
        }
        const action = there.has(name) ? 'unchanged' : 'create';
        there.add(name);
        const change = { thing: 'dashboard', name, action } as const;
        changes.push(change);
        made?.(change);
      }
      return Promise.resolve(changes);
    },
    remove: () => Promise.resolve([]),
  },
};

let harness: SkippingHarness;

beforeAll(async () => {
  harness = await startSkippingHarness(
    createMonitoringActivities({ systems: () => [system as MonitoringSystem] }),
  );
});

afterAll(() => harness.stop());

it('tells all that was made, though the first try broke off in the middle', async () => {
  const { connection, options } = harness.client;
  const input = {
    system: 'grafana',
    verb: 'apply',
    force: false,
    removeDuplicates: false,
  } as const;

  const changes = await provision({ connection, namespace: options.namespace, input });

  expect(tries).toBe(2);
  expect(changes.map(({ name, action }) => [name, action])).toEqual(
    NAMES.map((name) => [name, 'create']),
  );
});
