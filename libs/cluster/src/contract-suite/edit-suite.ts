import { describe, expect, it } from '@jest/globals';
import { editByHand, planCanary, ROUTE, ROUTERS } from './harness.ts';
import type { ClusterHarness, Planned } from './harness.ts';
import { promote, shiftTo } from './plans.ts';

/** F7: someone edits or deletes the target in mid-flight. */
export function describeEdits(harness: () => ClusterHarness): void {
  describe('an edit by someone else halts the run', () => {
    it.each(ROUTERS)('when it is the stable template (%s)', async (router) => {
      const planned = await planCanary(harness(), { router });
      await editTemplate(planned, 'api');

      const applied = planned.run.apply(planned.namespace, promote(planned.component));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited', nonRetryable: true });
    });

    it.each(ROUTERS)('when it is the canary template (%s)', async (router) => {
      const planned = await planCanary(harness(), { router });
      await planned.run.apply(planned.namespace, shiftTo(planned.component, 10));
      await editTemplate(planned, 'api-canary');

      const applied = planned.run.apply(planned.namespace, shiftTo(planned.component, 50));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited' });
    });

    it('when it is the replica count, by router replicas', async () => {
      const { namespace, component, run } = await planCanary(harness());
      await harness().editReplicas(namespace, 'api', 7);

      const applied = run.apply(namespace, shiftTo(component, 10));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited' });
      const stable = await harness().cluster.workload({ namespace, name: 'api' });
      expect(stable?.replicas).toBe(7);
    });

    it('when it is the weight in the route', async () => {
      const { namespace, component, run } = await planCanary(harness(), { router: 'gateway-api' });
      await run.apply(namespace, shiftTo(component, 10));
      await harness().editRouteWeights(namespace, ROUTE, [30, 70]);

      const applied = run.apply(namespace, shiftTo(component, 50));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited' });
    });

    it('when the Kubernetes Deployment is gone', async () => {
      const { namespace, component, run } = await planCanary(harness());
      await harness().removeWorkload(namespace, 'api');

      const applied = run.apply(namespace, shiftTo(component, 10));

      await expect(applied).rejects.toMatchObject({ type: 'cluster-not-found' });
    });

    it('when it was deleted and made anew', async () => {
      const { namespace, component, run } = await planCanary(harness());
      await harness().removeWorkload(namespace, 'api');
      const image = 'registry.test/api:1';
      await harness().seedWorkload({ namespace, name: 'api', image, replicas: 4 });

      const applied = run.apply(namespace, shiftTo(component, 10));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited' });
    });

    it('when the canary name is taken by an object that is not ours', async () => {
      const { namespace, component, run } = await planCanary(harness());
      const image = 'registry.test/other:1';
      await harness().seedWorkload({ namespace, name: 'api-canary', image, replicas: 1 });

      const applied = run.apply(namespace, shiftTo(component, 10));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited' });
    });

    it('while a list waits', async () => {
      const image = 'registry.test/api:neverready-2';
      const planned = await planCanary(harness(), { image });
      const applied = planned.run.apply(planned.namespace, shiftTo(planned.component, 10));
      const edited = expect(applied).rejects.toMatchObject({ type: 'target-edited' });
      await canaryIsThere(planned);

      await editTemplate(planned, 'api-canary');

      await edited;
    });
  });

  describe('a write on an object that was edited since it was read', () => {
    it('is a conflict, to be decided again, when it is a Kubernetes Deployment', async () => {
      const { namespace } = await planCanary(harness());
      const { cluster } = harness();
      const read = await cluster.workload({ namespace, name: 'api' });
      await harness().editReplicas(namespace, 'api', 7);

      const written = cluster.patchWorkload(namespace, found(read), { replicas: 5 });

      await expect(written).rejects.toMatchObject({ type: 'cluster-conflict' });
    });

    it('is a conflict, to be decided again, when it is a route', async () => {
      const { namespace } = await planCanary(harness());
      const { cluster } = harness();
      const read = await cluster.route({ namespace, name: ROUTE });
      await harness().editRouteWeights(namespace, ROUTE, [7]);
      const backendRefs = [{ name: 'api', port: 80, weight: 5 }];

      const written = cluster.patchRoute(namespace, found(read), [{ rule: 0, backendRefs }]);

      await expect(written).rejects.toMatchObject({ type: 'cluster-conflict' });
    });
  });

  async function canaryIsThere({ namespace }: Planned): Promise<void> {
    await new Promise<void>((resolve) => {
      const watching = harness().cluster.observeWorkload(
        { namespace, name: 'api-canary' },
        (sight) => {
          if (!sight.fresh || sight.value === undefined || sight.value.pods.length === 0) return;
          watching.close();
          resolve();
        },
      );
    });
  }

  async function editTemplate({ namespace }: Planned, name: string): Promise<void> {
    await editByHand(harness(), { namespace, name });
  }
}

function found<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('it is not there');
  return one;
}
