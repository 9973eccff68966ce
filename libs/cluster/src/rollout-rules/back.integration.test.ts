import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { planCanary, ROUTE } from '../contract-suite/harness.ts';
import { promote, shiftTo, undo } from '../contract-suite/plans.ts';
import { createKubernetesCluster } from '../kubernetes/index.ts';
import type { KubernetesCluster } from '../kubernetes/index.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

interface Pods {
  readonly items: readonly {
    readonly spec: { readonly containers: readonly { readonly image: string }[] };
  }[];
}

async function imagesOfPods(namespace: string): Promise<string[]> {
  const pods = await harness.server.kubectl(['get', 'pods', '-n', namespace, '-o', 'json']);
  const { items } = JSON.parse(pods) as Pods;
  return items.flatMap(({ spec }) => spec.containers.map(({ image }) => image));
}

describe('"Restored means: the template equals the recorded one byte for byte, no pod of the bad version is left, weight and autoscaler as before"', () => {
  it.each(['replicas', 'gateway-api'] as const)(
    'from the midst of a promotion (%s)',
    async (router) => {
      const image = 'registry.test/api:crashloop-2';
      const { namespace, component, run } = await planCanary(harness, { router, image });
      const before = await harness.fixtures.get<{ spec: object }>('deployments', namespace, 'api');
      const routeBefore = await harness.fixtures.get<{ spec: object }>(
        'httproutes',
        namespace,
        ROUTE,
      );
      await run.apply(namespace, shiftTo(component, 10));
      await run.apply(namespace, promote(component).slice(0, 2));

      await run.apply(namespace, undo(component));

      const after = await harness.fixtures.get<{ spec: object }>('deployments', namespace, 'api');
      const route = await harness.fixtures.get<{ spec: object }>('httproutes', namespace, ROUTE);
      expect(JSON.stringify(after.spec)).toBe(JSON.stringify(before.spec));
      expect(JSON.stringify(route.spec)).toBe(JSON.stringify(routeBefore.spec));
      expect(await imagesOfPods(namespace)).toEqual(Array(4).fill('registry.test/api:1'));
    },
  );
});

describe('"The snapshot keeps the resourceVersion of each ConfigMap and Secret that the template names"', () => {
  it('"one that is gone is named", "one that changed since is named"', async () => {
    const namespace = await harness.createNamespace();
    await harness.seedDependency('ConfigMap', namespace, 'settings');
    await harness.seedDependency('Secret', namespace, 'keys');
    const envFrom = [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'keys' } }];
    await harness.seedWorkload({
      ...{ namespace, name: 'api', image: 'registry.test/api:1', replicas: 1 },
      container: { envFrom },
    });
    const { run } = await planCanary(harness);
    const { components } = await run.snapshot({ namespace });
    const [component] = components;
    if (component === undefined) throw new Error('refused');

    await harness.removeDependency('Secret', namespace, 'keys');
    await harness.fixtures.edit('configmaps', namespace, 'settings', { data: { color: 'blue' } });

    expect(component.dependencies.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'ConfigMap settings',
      'Secret keys',
    ]);
    expect(await run.compare(namespace, component)).toEqual([
      { component: 'api', kind: 'ConfigMap', name: 'settings', drift: 'changed' },
      { component: 'api', kind: 'Secret', name: 'keys', drift: 'gone' },
    ]);
  });
});

describe('"A bad canary is removed at once, not waited for"', () => {
  it('"`abort` and `supersede` do not sit out the crash loop\'s verdict"', async () => {
    const image = 'registry.test/api:neverready-2';
    const { namespace, component, run } = await planCanary(harness, { image });
    await run.apply(namespace, [{ kind: 'canary', component, replicas: 1 }]);

    const result = await run.apply(namespace, [{ kind: 'remove-canary', component }]);

    expect(result.doom).toBeUndefined();
    expect(await harness.cluster.countPods(namespace, { 'fairlead.dev/canary-of': 'api' })).toBe(0);
  });

  it.each(['replicas', 'gateway-api'] as const)(
    'nor is any canary kept for a stable that does not come up whole, and that is told (%s)',
    async (router) => {
      const { namespace, component, run } = await planCanary(harness, { router });
      const of = router === 'replicas' ? 'steps' : 'promotion';
      await run.apply(namespace, shiftTo(component, 50));
      if (of === 'promotion') await run.apply(namespace, promote(component).slice(0, 2));
      const enforced = 'pod-security.kubernetes.io/enforce=restricted';
      await harness.server.kubectl(['label', 'namespace', namespace, enforced]);

      const back = await run.apply(namespace, undo(component, { of }), {
        progressDeadlineMs: 3000,
        isWayBack: true,
      });

      expect(back.doom?.side).toBe('stable');
      expect(back.doom?.message).toContain('violates PodSecurity');
      expect(back.observed).toMatchObject([{ canaryReady: 0, weight: 0 }]);
      expect(back.observed[0]?.stableReady).toBeGreaterThan(0);
      const left = { 'fairlead.dev/canary-of': 'api' };
      expect(await harness.cluster.countPods(namespace, left)).toBe(0);
    },
  );
});
