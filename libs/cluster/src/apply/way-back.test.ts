import { describe, expect, it } from '@jest/globals';
import { planCanary, ROUTE, ROUTERS } from '../contract-suite/harness.ts';
import type { Router } from '../contract-suite/harness.ts';
import { promote, shiftTo, undo } from '../contract-suite/plans.ts';
import { createSimulatedCluster } from '../simulated/index.ts';
import { simulatedHarness } from '../simulated/harness.ts';

/** At 50 %. What is seeded is ready, whatever its image says: only pods that are made later have its fate. */
async function halfWay(router: Router) {
  const cluster = createSimulatedCluster({ readyAfterMs: 5 });
  const harness = simulatedHarness(cluster);
  const plan = await planCanary(harness, { router, old: 'registry.test/api:neverready-1' });
  const { namespace, component, run } = plan;
  await run.apply(namespace, shiftTo(component, 50));
  return {
    ...plan,
    cluster,
    harness,
    back: () => run.apply(namespace, undo(component), { progressDeadlineMs: 200, isWayBack: true }),
  };
}

describe.each(ROUTERS)('the way back to a stable that does not come up whole, by %s', (router) => {
  it('takes traffic and pods from the canary all the same, and tells the doom', async () => {
    const { cluster, namespace, component, run, back } = await halfWay(router);
    await run.apply(namespace, promote(component).slice(0, -2));

    const { doom, observed } = await back();

    expect(doom).toMatchObject({ side: 'stable', reason: 'ProgressDeadline' });
    expect(observed).toMatchObject([{ canaryReady: 0, weight: 0 }]);
    expect(observed[0]?.stableReady).toBeGreaterThan(0);
    expect(await cluster.workload({ namespace, name: 'api-canary' })).toBeUndefined();
    const route = await cluster.route({ namespace, name: ROUTE });
    expect(route?.spec.rules?.[0]?.backendRefs).toHaveLength(1);
  });

  it('keeps the canary where the stable has no ready pod', async () => {
    const { cluster, namespace, harness, back } = await halfWay(router);
    const stable = await cluster.workload({ namespace, name: 'api' });
    await harness.editReplicas(namespace, 'api', 0);
    await harness.editReplicas(namespace, 'api', stable?.replicas ?? 0);

    const { doom, observed } = await back();

    expect(doom).toMatchObject({ side: 'stable', reason: 'ProgressDeadline' });
    expect(observed).toMatchObject([{ canaryReady: 2, stableReady: 0 }]);
    expect(observed[0]?.weight).toBe(router === 'replicas' ? 100 : 50);
  });
});

it('a doomed wait on the way forward ends its list', async () => {
  const cluster = createSimulatedCluster({ readyAfterMs: 200 });
  const { namespace, component, run } = await planCanary(simulatedHarness(cluster));
  await run.apply(namespace, shiftTo(component, 50));

  const over = { progressDeadlineMs: 1 };
  const { doom, observed } = await run.apply(namespace, promote(component), over);

  expect(doom?.side).toBe('stable');
  expect(observed).toMatchObject([{ canaryReady: 2 }]);
});
