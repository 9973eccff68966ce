import type { ClusterActivities, ClusterDoctorActivities } from '@fairlead/contracts';
import { Context } from '@temporalio/activity';
import { applyChanges } from './apply/apply.ts';
import { checkCluster } from './check-cluster.ts';
import { compareDependencies } from './compare-dependencies.ts';
import { APPLY_HEARTBEAT_MS, atEdge, WATCH_HEARTBEAT_MS } from './edge.ts';
import type { Cluster } from './port.ts';
import { takeSnapshot } from './snapshot/snapshot.ts';
import { createWaitClocks } from './wait-clock.ts';
import type { WaitRecord } from './wait-clock.ts';
import { watchHealth } from './watch-health.ts';

/** Its run removes a canary before the watch hears that it is over; of what others did, the run itself tells. */
const ENDS_OF_A_WATCH = ['cluster-not-found', 'target-edited'] as const;

export interface ClusterActivityDependencies {
  readonly cluster: Cluster;
  /** Epoch milliseconds; what deadlines are measured by. */
  readonly now?: () => number;
  /** The worker's own, where it watches for issues; absent where it does not, or has none. */
  readonly leaseNamespace?: string | undefined;
}

export function createClusterActivities({
  cluster,
  now = Date.now,
  leaseNamespace,
}: ClusterActivityDependencies): ClusterActivities & ClusterDoctorActivities {
  const signal = () => Context.current().cancellationSignal;
  return {
    clusterSnapshot: (request) =>
      atEdge(APPLY_HEARTBEAT_MS, () => takeSnapshot(request, { cluster, signal: signal() })),
    clusterApply(request) {
      const { info } = Context.current();
      const clocks = createWaitClocks({
        limitMs: request.progressDeadlineMs,
        before: (info.heartbeatDetails ?? {}) as WaitRecord,
        unheardMs: info.heartbeatTimeoutMs ?? 0,
        now,
      });
      return atEdge(
        APPLY_HEARTBEAT_MS,
        () => applyChanges(request, { cluster, now, signal: signal(), clocks }),
        { details: clocks.record },
      );
    },
    clusterWatchHealth: (request) =>
      atEdge(WATCH_HEARTBEAT_MS, () => watchHealth(request, { cluster, now, signal: signal() }), {
        benign: ENDS_OF_A_WATCH,
      }),
    clusterCompareDependencies: (request) =>
      atEdge(WATCH_HEARTBEAT_MS, () => compareDependencies(request, cluster)),
    checkCluster: (place) =>
      atEdge(WATCH_HEARTBEAT_MS, () => checkCluster(place, cluster, leaseNamespace)),
  };
}
