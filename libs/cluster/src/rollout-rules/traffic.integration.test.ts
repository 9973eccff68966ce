import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { planCanary, ROUTE } from '../contract-suite/harness.ts';
import { promote, shiftTo } from '../contract-suite/plans.ts';
import { createKubernetesCluster } from '../kubernetes/index.ts';
import type { KubernetesCluster } from '../kubernetes/index.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

const router = 'gateway-api' as const;

async function weightsOf(namespace: string): Promise<Record<string, number>> {
  const route = await harness.cluster.route({ namespace, name: ROUTE });
  const backends = route?.spec.rules?.flatMap(({ backendRefs = [] }) => backendRefs) ?? [];
  return Object.fromEntries(backends.map(({ name, weight = 1 }) => [name, weight]));
}

describe('"No weight to a side without ready endpoints, in either direction"', () => {
  it('there: a canary that is not ready gets none', async () => {
    const image = 'registry.test/api:neverready-2';
    const { namespace, component, run } = await planCanary(harness, { router, image });
    await run.apply(namespace, [{ kind: 'canary', component, replicas: 1 }]);

    const { doom } = await run.apply(namespace, [{ kind: 'route', component, weight: 10 }], {
      progressDeadlineMs: 1000,
    });

    expect(doom).toMatchObject({ side: 'canary', reason: 'ProgressDeadline' });
    expect(doom?.message).toContain('Service api-canary has no ready endpoint');
    expect(await weightsOf(namespace)).toEqual({ api: 100, 'api-canary': 0 });
  });

  it('back: a stable that has lost its pods gets none until it has one', async () => {
    const { namespace, component, run } = await planCanary(harness, { router });
    await run.apply(namespace, shiftTo(component, 50));
    await harness.editReplicas(namespace, 'api', 0);
    await harness.fixtures.waitForNoEndpoints(namespace, 'api');
    const back = [{ kind: 'route', component, weight: 0 }] as const;

    const { doom } = await run.apply(namespace, back, { progressDeadlineMs: 1000 });
    const held = await weightsOf(namespace);
    await harness.editReplicas(namespace, 'api', component.replicas);
    const again = await run.apply(namespace, back);

    expect(doom).toMatchObject({ side: 'stable', reason: 'ProgressDeadline' });
    expect(held).toEqual({ api: 50, 'api-canary': 50 });
    expect(again.doom).toBeUndefined();
    expect(await weightsOf(namespace)).toEqual({ api: 100, 'api-canary': 0 });
  });
});

describe('"The sum of weights stays what it was; foreign backends in a route keep theirs"', () => {
  it('at every step', async () => {
    const { namespace, component, run } = await planCanary(harness, {
      router,
      weight: 80,
      others: { legacy: 20 },
    });

    const seen = [];
    for (const weight of [10, 50, 100]) {
      await run.apply(namespace, shiftTo(component, weight));
      seen.push(await weightsOf(namespace));
    }

    expect(seen).toEqual([
      { api: 72, 'api-canary': 8, legacy: 20 },
      { api: 40, 'api-canary': 40, legacy: 20 },
      { api: 0, 'api-canary': 80, legacy: 20 },
    ]);
  });

  it('and is put back byte for byte', async () => {
    const { namespace, component, run } = await planCanary(harness, {
      router,
      weight: 80,
      others: { legacy: 20 },
    });
    const before = await harness.cluster.route({ namespace, name: ROUTE });

    await run.apply(namespace, [...shiftTo(component, 50), ...promote(component)]);

    const after = await harness.cluster.route({ namespace, name: ROUTE });
    expect(after?.spec).toEqual(before?.spec);
  });
});

describe('which pods a Service finds', () => {
  it("with a router the canary's pods never match the stable's Service, nor its selector", async () => {
    const { namespace, component, run } = await planCanary(harness, { router });
    await run.apply(namespace, shiftTo(component, 10));

    const count = (labels: Record<string, string>) => harness.cluster.countPods(namespace, labels);

    expect(await count({ app: 'api' })).toBe(4);
    expect(await count({ 'fairlead.dev/canary-of': 'api' })).toBe(1);
  });

  it('by router replicas they match it; "must not fall under the stable\'s own selector where the Service\'s allows it"', async () => {
    const namespace = await harness.createNamespace();
    const track = { track: 'stable' };
    await harness.seedWorkload({
      ...{ namespace, name: 'api', image: 'registry.test/api:1', replicas: 2 },
      podLabels: track,
      selector: { app: 'api', ...track },
    });
    const { run, component } = await planIn(namespace);

    await run.apply(namespace, [
      { kind: 'canary', component, replicas: 1 },
      { kind: 'await', component, side: 'canary', replicas: 1, images: 'new' },
    ]);

    const count = (labels: Record<string, string>) => harness.cluster.countPods(namespace, labels);
    expect(await count({ app: 'api' })).toBe(3);
    expect(await count({ app: 'api', track: 'stable' })).toBe(2);
  });

  async function planIn(namespace: string) {
    const { run } = await planCanary(harness);
    const { components } = await run.snapshot({ namespace });
    const [component] = components;
    if (component === undefined) throw new Error('refused');
    return { run, component };
  }
});
