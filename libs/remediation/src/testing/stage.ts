import type { Cluster } from '@fairlead/cluster';
import type { WorkloadView } from '@fairlead/cluster/decisions';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import { createRunner, NAMESPACE, seen } from './runner.ts';

type BeforeCall = (method: keyof Cluster) => void;

/** A simulated cluster with a ready Kubernetes Deployment `api` of two pods. */
export async function createStage({
  image = 'registry.test/api:1',
  replicas = 2,
  now = Date.now,
}: { image?: string; replicas?: number; now?: () => number } = {}) {
  let before: BeforeCall = () => undefined;
  const cluster = createSimulatedCluster({
    readyAfterMs: 5,
    now,
    beforeCall: (method) => {
      before(method);
    },
  });
  cluster.seedWorkload({ namespace: NAMESPACE, name: 'api', image, replicas });
  const { pods, workload } = await seen(cluster, () => true);
  return {
    cluster,
    workload,
    pods: pods.map(({ name, uid }) => ({ name, uid })),
    run: createRunner(cluster, { now }),
    beforeCall: (next: BeforeCall) => {
      before = next;
    },
    seen: (isWanted: (view: WorkloadView) => boolean) => seen(cluster, isWanted),
    /** One pod in a crash loop, while its image is a good one. */
    crash: async (name = pods[0]?.name ?? ''): Promise<void> => {
      cluster.befallPod({ namespace: NAMESPACE, name }, 'crashloop');
      await seen(cluster, (view) => isCrashing(view, name));
    },
  };
}

/** The cluster with other views than it has. */
export function withView(
  cluster: Cluster,
  change: (view: WorkloadView, count: number) => WorkloadView,
): Cluster {
  let count = 0;
  return {
    ...cluster,
    observeWorkload: (ref, listener) =>
      cluster.observeWorkload(ref, (sight) => {
        if (!sight.fresh || sight.value === undefined) {
          listener(sight);
          return;
        }
        count += 1;
        listener({ fresh: true, value: change(sight.value, count) });
      }),
  };
}

/** The cluster behind a watch that lags: the first thing that it tells of is an older view. */
export function lagging(cluster: Cluster, older: WorkloadView): Cluster {
  let hasLagged = false;
  return {
    ...cluster,
    observeWorkload(ref, listener) {
      if (!hasLagged) listener({ fresh: true, value: older });
      hasLagged = true;
      return cluster.observeWorkload(ref, listener);
    },
  };
}

export function isCrashing({ pods }: WorkloadView, name: string): boolean {
  const pod = pods.find((one) => one.name === name);
  return pod?.containers[0]?.waiting?.reason === 'CrashLoopBackOff';
}
