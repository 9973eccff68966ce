import { describe, expect, it } from '@jest/globals';
import { digest } from '../digest.ts';
import { createRunner, planCanary, ROUTE, ROUTERS } from './harness.ts';
import type { ClusterHarness } from './harness.ts';
import { promote, shiftTo, undo } from './plans.ts';

export function describeCanary(harness: () => ClusterHarness): void {
  describe.each(ROUTERS)('a canary by router %s', (router) => {
    it('goes 10 → 50 → promoted, and leaves nothing of its own', async () => {
      const { namespace, component, run } = await planCanary(harness(), { router });

      const ten = await run.apply(namespace, shiftTo(component, 10));
      const fifty = await run.apply(namespace, shiftTo(component, 50));
      const done = await run.apply(namespace, promote(component));

      expect([ten.doom, fifty.doom, done.doom]).toEqual([undefined, undefined, undefined]);
      expect(ten.observed[0]).toMatchObject(
        router === 'replicas'
          ? { canaryReady: 1, stableReady: 3, weight: 25 }
          : { canaryReady: 1, stableReady: 4, weight: 10 },
      );
      const readySeconds: unknown = expect.any(Number);
      expect(fifty.observed[0]).toMatchObject({ canaryReady: 2, weight: 50, readySeconds });
      expect(done.observed[0]).toMatchObject({ canaryReady: 0, stableReady: 4, weight: 0 });
      const { cluster } = harness();
      const stable = await cluster.workload({ namespace, name: 'api' });
      expect(stable?.template.spec.containers[0]?.image).toBe('registry.test/api:2');
      expect(await cluster.workload({ namespace, name: 'api-canary' })).toBeUndefined();
      expect(await cluster.service({ namespace, name: 'api-canary' })).toBeUndefined();
    });

    it('goes back byte for byte from every step', async () => {
      const { namespace, component, run } = await planCanary(harness(), { router });
      const { cluster } = harness();
      const before = await cluster.route({ namespace, name: ROUTE });
      await run.apply(namespace, shiftTo(component, 50));
      await run.apply(namespace, promote(component).slice(0, 2));

      const back = await run.apply(namespace, undo(component));

      const stable = await cluster.workload({ namespace, name: 'api' });
      const route = await cluster.route({ namespace, name: ROUTE });
      expect(back.doom).toBeUndefined();
      expect(stable?.templateDigest).toBe(component.templateDigest);
      expect(stable?.replicas).toBe(component.replicas);
      expect(digest(route?.spec)).toBe(digest(before?.spec));
      expect(await cluster.countPods(namespace, { 'fairlead.dev/canary-of': 'api' })).toBe(0);
    });

    it('finds its work done when every change is made again', async () => {
      const { namespace, component, run } = await planCanary(harness(), { router });
      const { cluster } = harness();
      for (const changes of [shiftTo(component, 10), shiftTo(component, 50), promote(component)]) {
        for (const change of changes) {
          await run.apply(namespace, [change]);
          const first = await generations();

          await run.apply(namespace, [change]);

          expect(await generations()).toEqual(first);
        }
      }

      async function generations() {
        const all = await Promise.all([
          cluster.workload({ namespace, name: 'api' }),
          cluster.workload({ namespace, name: 'api-canary' }),
          cluster.route({ namespace, name: ROUTE }),
        ]);
        return all.map((one) => one?.generation);
      }
    });

    it.each([
      ['crashloop', 'CrashLoopBackOff', 'CrashLoopBackOff'],
      ['oom', 'OutOfMemory', 'CrashLoopBackOff'],
      ['imagepull', 'ImagePull', 'ImagePullBackOff'],
      ['configerror', 'ConfigError', 'CreateContainerConfigError'],
    ])('is doomed at once by %s', async (word, reason, quoted) => {
      const image = `registry.test/api:${word}-2`;
      const { namespace, component, run } = await planCanary(harness(), { router, image });

      const result = await run.apply(namespace, shiftTo(component, 10));

      expect(result.doom).toMatchObject({ component: 'api', side: 'canary', reason });
      expect(result.doom?.message).toContain(quoted);
      expect(result.observed[0]).toMatchObject({ canaryReady: 0, weight: 0 });
    });

    it.each(['neverready', 'pending'])('is doomed at the deadline by %s', async (word) => {
      const image = `registry.test/api:${word}-2`;
      const { namespace, component, run } = await planCanary(harness(), { router, image });

      const result = await run.apply(namespace, shiftTo(component, 10), {
        progressDeadlineMs: 1500,
      });

      expect(result.doom?.reason).toBe('ProgressDeadline');
      expect(result.doom?.message).toContain('0 of 1 pods available');
    });

    it('is taken over when an earlier run left it', async () => {
      const { namespace, component, run } = await planCanary(harness(), { router });
      await run.apply(namespace, shiftTo(component, 50), { deploymentId: 'dep-0' });
      await harness().acceptRoute(namespace, ROUTE);
      const next = await createRunner(harness().cluster).snapshot({
        namespace,
        components: [{ name: 'api', workload: 'api', image: 'registry.test/api:3', after: [] }],
        traffic: router === 'replicas' ? { router } : { router, route: ROUTE },
      });
      expect(next.refusals).toEqual([]);
      const [taken] = next.components;

      const result = await run.apply(
        namespace,
        next.components.flatMap((one) => shiftTo(one, 10)),
      );

      const canary = await harness().cluster.workload({ namespace, name: 'api-canary' });
      expect(taken?.images[0]?.to).toBe('registry.test/api:3');
      expect(result.doom).toBeUndefined();
      expect(canary?.labels['fairlead.dev/deployment-id']).toBe('dep-1');
      expect(canary?.template.spec.containers[0]?.image).toBe('registry.test/api:3');
    });
  });
}
