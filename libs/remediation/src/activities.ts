import type { Cluster } from '@fairlead/cluster';
import {
  APPLY_HEARTBEAT_MS,
  atEdge,
  createWaitClocks,
  WATCH_HEARTBEAT_MS,
} from '@fairlead/cluster/decisions';
import type { WaitRecord } from '@fairlead/cluster/decisions';
import type { RemediationActivities } from '@fairlead/contracts';
import { Context } from '@temporalio/activity';
import { inspect } from './inspect/inspect.ts';
import { mend } from './mend/mend.ts';
import type { Place } from './place.ts';
import { findSubject } from './subject.ts';
import { verify } from './verify/verify.ts';

export interface RemediationDependencies {
  readonly cluster: Cluster;
  /** Epoch milliseconds; what deadlines are measured by. */
  readonly now?: () => number;
}

/** What fails is an `ApplicationFailure` of the `cluster-…` types; what may not be done is an answer. */
export function createRemediationActivities({
  cluster,
  now = Date.now,
}: RemediationDependencies): RemediationActivities {
  function at({ namespace }: { readonly namespace: string }): Place {
    return { cluster, namespace, now, signal: Context.current().cancellationSignal };
  }

  return {
    clusterSubject: (request) =>
      atEdge(APPLY_HEARTBEAT_MS, () => findSubject(request, at(request))),
    clusterInspect: (request) => atEdge(APPLY_HEARTBEAT_MS, () => inspect(request, at(request))),
    clusterMend: (request) => atEdge(APPLY_HEARTBEAT_MS, () => mend(request, at(request))),
    clusterVerify(request) {
      const { info } = Context.current();
      const clocks = createWaitClocks({
        limitMs: request.withinMs,
        before: (info.heartbeatDetails ?? {}) as WaitRecord,
        unheardMs: info.heartbeatTimeoutMs ?? 0,
        now,
      });
      return atEdge(WATCH_HEARTBEAT_MS, () => verify(request, { ...at(request), clocks }), {
        details: clocks.record,
      });
    },
  };
}
