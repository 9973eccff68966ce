import { describe, expect, it } from '@jest/globals';
import { waitFor } from '@fairlead/testing/servers';
import type { Controller, PodView, WorkloadView } from '../objects.ts';
import { OLD_IMAGE } from './harness.ts';
import type { ClusterHarness } from './harness.ts';

const FORBIDS = { name: 'all', selector: { matchLabels: { app: 'api' } }, disruptionsAllowed: 0 };
const ALLOWS = { name: 'one', selector: { matchLabels: { app: 'api' } }, disruptionsAllowed: 1 };
const DEADLINE_MS = 60_000;
const OTHER_UID = '00000000-0000-4000-8000-000000000000';

/** What remediation does to pods and autoscalers. */
export function describePods(harness: () => ClusterHarness): void {
  describe('a pod by its name', () => {
    it('is told with the ReplicaSet and the Kubernetes Deployment above it', async () => {
      const { namespace, pod } = await withPods();
      const workload = await harness().cluster.workload({ namespace, name: 'api' });

      const found = await harness().cluster.pod({ namespace, name: pod.name });

      expect(found).toMatchObject({ name: pod.name, uid: pod.uid, deleting: false });
      expect(found?.labels).toMatchObject({ app: 'api' });
      expect(found?.controllers).toMatchObject([
        { kind: 'ReplicaSet' },
        { kind: 'Deployment', name: 'api', uid: workload?.uid },
      ]);
    });

    it.each(['nobody', 'nobody,spec.nothing=1', '../services', "a'b"])(
      'is undefined when there is none: %s',
      async (name) => {
        const { namespace } = await withPods();

        expect(await harness().cluster.pod({ namespace, name })).toBeUndefined();
      },
    );

    it('is not found from another namespace', async () => {
      const { pod } = await withPods();
      const namespace = await harness().createNamespace();

      expect(await harness().cluster.pod({ namespace, name: pod.name })).toBeUndefined();
    });
  });

  describe.each(['deletePod', 'evictPod'] as const)('%s', (method) => {
    it('ends that pod, and its ReplicaSet makes another', async () => {
      const { namespace, pod } = await withPods();

      await harness().cluster[method](namespace, pod);

      const after = await seen(namespace, ({ pods }) => isWhole(pods) && !has(pods, pod));
      expect(after.newReplicaSet?.name).toBe(pod.name.slice(0, pod.name.lastIndexOf('-')));
    });

    it('leaves another pod of the same name alone', async () => {
      const { namespace, pod } = await withPods();

      const ended = harness().cluster[method](namespace, { name: pod.name, uid: OTHER_UID });

      await expect(ended).rejects.toMatchObject({ type: 'cluster-conflict' });
      const still = await harness().cluster.pod({ namespace, name: pod.name });
      expect(still).toMatchObject({ uid: pod.uid, deleting: false });
    });

    it('is done when there is none', async () => {
      const { namespace } = await withPods();

      await harness().cluster[method](namespace, { name: 'nobody', uid: OTHER_UID });
    });
  });

  describe('a disruption budget', () => {
    it('is listed with what it selects and allows', async () => {
      const { namespace } = await withPods();
      await harness().seedDisruptionBudget(namespace, ALLOWS);
      await harness().seedDisruptionBudget(namespace, { ...FORBIDS, selector: {} });

      const listed = await harness().cluster.disruptionBudgets(namespace);

      expect(listed.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
        { ...FORBIDS, selector: {} },
        ALLOWS,
      ]);
    });

    it('that allows none forbids an eviction, and not a deletion', async () => {
      const { namespace, pod } = await withPods();
      await harness().seedDisruptionBudget(namespace, FORBIDS);

      const evicted = harness().cluster.evictPod(namespace, pod);

      await expect(evicted).rejects.toMatchObject({ type: 'cluster-throttled' });
      const still = await harness().cluster.pod({ namespace, name: pod.name });
      expect(still).toMatchObject({ uid: pod.uid, deleting: false });
      await harness().cluster.deletePod(namespace, pod);
      await seen(namespace, ({ pods }) => isWhole(pods) && !has(pods, pod));
    });

    it('that allows one lets it go', async () => {
      const { namespace, pod } = await withPods();
      await harness().seedDisruptionBudget(namespace, ALLOWS);

      await harness().cluster.evictPod(namespace, pod);

      await seen(namespace, ({ pods }) => isWhole(pods) && !has(pods, pod));
    });
  });

  it('is not measured where the cluster serves no metrics', async () => {
    const { namespace } = await withPods();

    expect(await harness().cluster.podUsage(namespace)).toBeUndefined();
  });

  it('a crashed pod is well again in the one that takes its place', async () => {
    const { namespace, pod } = await withPods();
    await harness().crashPod(namespace, pod.name);
    await seen(namespace, ({ pods }) =>
      pods.some(({ uid, containers: [one] }) => {
        return uid === pod.uid && one?.waiting?.reason === 'CrashLoopBackOff';
      }),
    );

    await harness().cluster.deletePod(namespace, pod);

    await seen(namespace, ({ pods }) => isWhole(pods) && !has(pods, pod));
  });

  describe("an autoscaler's bound", () => {
    it('is raised', async () => {
      const { namespace, read } = await withAutoscaler();

      const raised = await harness().cluster.patchAutoscaler(namespace, read, { maxReplicas: 5 });

      expect(raised).toEqual({ ...read, maxReplicas: 5 });
    });

    it('is left when somebody else changed it since', async () => {
      const { namespace, read } = await withAutoscaler();
      await harness().editAutoscaler(namespace, 'api', 9);

      const raised = harness().cluster.patchAutoscaler(namespace, read, { maxReplicas: 5 });

      await expect(raised).rejects.toMatchObject({ type: 'cluster-conflict' });
    });

    it('is told with the one who sets it', async () => {
      const { read } = await withAutoscaler();
      const controller = { kind: 'ScaledObject', name: 'api', uid: OTHER_UID };
      const { read: scaled } = await withAutoscaler({ controller });

      expect(read.controller).toBeUndefined();
      expect(scaled.controller).toEqual(controller);
    });

    async function withAutoscaler(over: { readonly controller?: Controller } = {}) {
      const { namespace } = await withPods();
      const seed = { name: 'api', workload: 'api', minReplicas: 1, maxReplicas: 4, ...over };
      await harness().seedAutoscaler(namespace, seed);
      // The API server answers it from a cache, which may be a moment behind.
      const [read] = await waitFor(
        async () => {
          const found = await harness().cluster.autoscalers(namespace);
          return isFilled(found) && found;
        },
        { deadlineMs: DEADLINE_MS, what: 'the autoscaler' },
      );
      expect(read).toMatchObject({ targetKind: 'Deployment', targetName: 'api', maxReplicas: 4 });
      return { namespace, read };
    }
  });

  function isFilled<T>(list: readonly T[]): list is readonly [T, ...T[]] {
    return list.length > 0;
  }

  async function withPods(): Promise<{ readonly namespace: string; readonly pod: PodView }> {
    const namespace = await harness().createNamespace();
    await harness().seedWorkload({ namespace, name: 'api', image: OLD_IMAGE, replicas: 2 });
    const { pods } = await seen(namespace, (view) => isWhole(view.pods));
    const [pod] = pods;
    if (pod === undefined) throw new Error('there is no pod');
    return { namespace, pod };
  }

  /** The first view that is as wanted. */
  function seen(
    namespace: string,
    isWanted: (view: WorkloadView) => boolean,
  ): Promise<WorkloadView> {
    return new Promise((resolve) => {
      const at = { namespace, name: 'api' };
      const watching = harness().cluster.observeWorkload(at, (sight) => {
        if (!sight.fresh || sight.value === undefined || !isWanted(sight.value)) return;
        watching.close();
        resolve(sight.value);
      });
    });
  }
}

function isWhole(pods: readonly PodView[]): boolean {
  return pods.length === 2 && pods.every(({ ready, deleting }) => ready && !deleting);
}

function has(pods: readonly PodView[], { uid }: PodView): boolean {
  return pods.some((pod) => pod.uid === uid);
}
