import { AdapterError } from '@fairlead/contracts';
import type { ClusterActivities, ClusterDoctorActivities } from '@fairlead/contracts';
import { toApplicationFailure } from '@fairlead/contracts/activity-failure';
import { CancelledFailure, Context } from '@temporalio/activity';
import { applyChanges } from './apply/apply.ts';
import { checkCluster } from './check-cluster.ts';
import { compareDependencies } from './compare-dependencies.ts';
import type { Cluster } from './port.ts';
import { takeSnapshot } from './snapshot/snapshot.ts';
import { createWaitClocks } from './wait-clock.ts';
import type { WaitRecord } from './wait-clock.ts';
import { watchHealth } from './watch-health.ts';

export interface ClusterActivityDependencies {
  readonly cluster: Cluster;
  /** Epoch milliseconds; what deadlines are measured by. */
  readonly now?: () => number;
}

/** A killed worker's change is begun anew after one heartbeat timeout, so these come often. */
const APPLY_HEARTBEAT_MS = 250;
/** A watch loses nothing by starting a few seconds late. */
const WATCH_HEARTBEAT_MS = 2000;

export function createClusterActivities({
  cluster,
  now = Date.now,
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
        clocks.record,
      );
    },
    clusterWatchHealth: (request) =>
      atEdge(WATCH_HEARTBEAT_MS, () => watchHealth(request, { cluster, now, signal: signal() })),
    clusterCompareDependencies: (request) =>
      atEdge(WATCH_HEARTBEAT_MS, () => compareDependencies(request, cluster)),
    checkCluster: (place) => atEdge(WATCH_HEARTBEAT_MS, () => checkCluster(place, cluster)),
  };
}

/**
 * Heartbeats while it works, with what the next attempt is to know; what it throws is a failure that Temporal knows,
 * and says no more than it should.
 */
async function atEdge<T>(
  heartbeatMs: number,
  work: () => Promise<T>,
  details: () => unknown = () => undefined,
): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => {
    context.heartbeat(details());
  }, heartbeatMs);
  try {
    return await work();
  } catch (error) {
    context.heartbeat(details());
    if (context.cancellationSignal.aborted) throw context.cancellationSignal.reason;
    if (error instanceof CancelledFailure) throw error;
    throw toApplicationFailure(error instanceof AdapterError ? error : defect(error));
  } finally {
    clearInterval(beat);
  }
}

/** The stack names the place; the message may quote anything, so only the error's name is told. */
function defect(error: unknown): AdapterError {
  const name = error instanceof Error ? error.name : typeof error;
  return new AdapterError('defect', `unexpected ${name} in a cluster activity`, { cause: error });
}
