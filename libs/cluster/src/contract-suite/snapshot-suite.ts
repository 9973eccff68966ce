import { describe, expect, it } from '@jest/globals';
import { createRunner, NEW_IMAGE, OLD_IMAGE, planCanary, ROUTE } from './harness.ts';
import type { ClusterHarness } from './harness.ts';

export function describeSnapshot(harness: () => ClusterHarness): void {
  describe('the snapshot', () => {
    it('tells what is there and what would change', async () => {
      const { component } = await planCanary(harness(), { router: 'gateway-api' });

      expect(component).toMatchObject({
        name: 'api',
        workload: 'api',
        replicas: 4,
        images: [{ container: 'api', init: false, from: OLD_IMAGE, to: NEW_IMAGE }],
        previousImage: OLD_IMAGE,
        traffic: { router: 'gateway-api', route: ROUTE, service: 'api' },
        dependencies: [],
      });
    });

    it('has no images when the wanted one already runs', async () => {
      const { component } = await planCanary(harness(), { image: OLD_IMAGE });

      expect(component.images).toEqual([]);
    });

    it('finds all refusals at once and writes nothing', async () => {
      const namespace = await harness().createNamespace();
      await harness().seedWorkload({ namespace, name: 'api', image: OLD_IMAGE, replicas: 1 });

      const { refusals, components } = await createRunner(harness().cluster).snapshot({
        namespace,
        traffic: { router: 'gateway-api', route: 'nowhere' },
        components: [
          { name: 'api', workload: 'api', image: NEW_IMAGE, after: [] },
          { name: 'web', workload: 'web', image: NEW_IMAGE, after: [] },
          { name: 'job', workload: 'api', image: 'registry.test/job:1', after: [] },
        ],
      });

      expect(components).toEqual([]);
      expect(refusals.map(({ component, type }) => `${component} ${type}`)).toEqual([
        'api route-missing',
        'web workload-missing',
        'job image-matches-no-container',
      ]);
    });

    it('compares ConfigMaps and Secrets with what they were', async () => {
      const namespace = await harness().createNamespace();
      await harness().seedDependency('ConfigMap', namespace, 'settings');
      await harness().seedDependency('Secret', namespace, 'keys');
      const { cluster } = harness();
      const version = async (kind: 'ConfigMap' | 'Secret', name: string) =>
        (await cluster.resourceVersion(kind, { namespace, name })) ?? '';
      const { component, run } = await planCanary(harness());
      const dependencies = [
        {
          kind: 'ConfigMap',
          name: 'settings',
          resourceVersion: await version('ConfigMap', 'settings'),
        },
        { kind: 'Secret', name: 'keys', resourceVersion: 'another' },
        { kind: 'Secret', name: 'gone', resourceVersion: '1' },
      ] as const;

      const drift = await run.compare(namespace, { ...component, dependencies });

      expect(drift.map((one) => `${one.kind} ${one.name} ${one.drift}`)).toEqual([
        'Secret keys changed',
        'Secret gone gone',
      ]);
    });
  });
}
