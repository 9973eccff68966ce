import {
  createCatchUp,
  createReadinessMemory,
  decided,
  isOurs,
  judge,
  LOOK_ONCE,
  read,
} from '@fairlead/cluster/decisions';
import type { Workload, WorkloadView } from '@fairlead/cluster/decisions';
import type {
  ActionName,
  Inspection,
  InspectRequest,
  Mend,
  WorkloadHealth,
} from '@fairlead/contracts';
import { areMeasured, atLimits } from '../at-limit.ts';
import { wasKilledLately } from '../killed-lately.ts';
import { healthOf } from '../health.ts';
import type { Place } from '../place.ts';
import { presently } from '../presently.ts';
import { goneWorkload, ownWorkload, pausedWorkload } from '../refusals.ts';
import { chooseReplicas } from './choose-replicas.ts';
import { choosePod } from './choose-pod.ts';

/** What is to be done, or why not. */
export type Choice = { readonly mend: Mend } | { readonly refused: string };

export interface Seen {
  readonly request: InspectRequest;
  readonly view: WorkloadView;
  readonly before: WorkloadHealth;
}

const CHOOSE: Readonly<Record<ActionName, (seen: Seen, place: Place) => Promise<Choice>>> = {
  restart_pod: choosePod,
  restart_deployment: ({ view: { workload } }, { namespace }) => {
    const { name, uid, paused } = workload;
    return Promise.resolve(
      paused
        ? { refused: pausedWorkload(name, namespace) }
        : { mend: { action: 'restart_deployment', workload: name, uid } },
    );
  },
  scale_deployment: chooseReplicas,
};

/** Looks at the workload as it is now, and decides on the one write; writes nothing. */
export async function inspect(request: InspectRequest, place: Place): Promise<Inspection> {
  const { cluster, namespace, now } = place;
  const name = request.workload;
  const found = await read(place, cluster.workload({ namespace, name }));
  if (found === undefined) return { refused: goneWorkload(name, namespace) };
  if (isOurs(found.labels)) return { refused: ownWorkload(name, namespace) };
  const seen = await look(found, place);
  if (seen === undefined) return { refused: goneWorkload(name, namespace) };
  const view = presently(seen, now());
  const { replicas } = view.workload;
  const memory = createReadinessMemory();
  const before = healthOf(view, judge(view, { replicas, alone: false, nowMs: now(), memory }));
  if (before.healthy && !(await wantsRoom(request, view, place))) return { before, healthy: true };
  return { before, ...(await CHOOSE[request.action]({ request, view, before }, place)) };
}

/** A workload that is healthy may be short of what it may use. */
async function wantsRoom(
  { action, kind = 'resource_constraint', byMeasure }: InspectRequest,
  view: WorkloadView,
  place: Place,
): Promise<boolean> {
  if (action !== 'scale_deployment' || kind !== 'resource_constraint') return false;
  const nowMs = place.now();
  const containers = view.pods.flatMap((pod) => pod.containers);
  if (byMeasure !== true || containers.some((one) => wasKilledLately(one, nowMs))) return true;
  const usage = await read(place, place.cluster.podUsage(place.namespace)).catch(() => undefined);
  if (usage === undefined || !areMeasured(view, usage)) return true;
  return atLimits(view, usage).length > 0;
}

/** The first view that is not older than what was read. */
function look(found: Workload, { cluster, namespace, signal, now }: Place) {
  const isBehind = createCatchUp(found, now());
  return decided<WorkloadView | undefined, WorkloadView | undefined>({
    observe: (listener) => cluster.observeWorkload({ namespace, name: found.name }, listener),
    decide: (view, nowMs) => isBehind(view, nowMs) ?? { done: view },
    signal,
    now,
    deadline: { clock: LOOK_ONCE, answer: (view) => view },
  });
}
