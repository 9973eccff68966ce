import type { DoomReason } from '@fairlead/contracts';
import type { PodView, ReplicaSetView, WorkloadView } from '../objects.ts';
import { podTrouble, podWaitsFor } from './pod-trouble.ts';
import type { ReadinessMemory } from './readiness-memory.ts';

export type Judgement =
  | { readonly state: 'available' }
  | {
      readonly state: 'progressing';
      /** What Kubernetes says it waits for. */
      readonly words: string;
      /** Time alone can turn this view into another judgement, at this moment (epoch milliseconds). */
      readonly againAtMs?: number;
    }
  | Doomed;

export interface Doomed {
  readonly state: 'doomed';
  readonly reason: DoomReason;
  readonly message: string;
  /** RFC 3339. */
  readonly since: string;
  readonly pod?: string;
  readonly container?: string;
}

export interface Standard {
  /** Pods of the new ReplicaSet that must be available. */
  readonly replicas: number;
  /** Also wait until no pod of another ReplicaSet is left: what "restored" means. */
  readonly alone: boolean;
  readonly nowMs: number;
  readonly memory: ReadinessMemory;
}

/**
 * Three periods of a probe as Kubernetes has it by default (10 s, failureThreshold 3): shorter, and a single failed
 * probe of a busy pod would take a good version back.
 */
export const UNREADY_GRACE_MS = 30_000;
/** Ending pods still count in a quota; while there are some, a refused pod may be let in a moment later. */
const REFUSED_GRACE_MS = 30_000;

/** Judges the new version by its own ReplicaSet and pods alone (rollout.md, "Counting"). */
export function judge(view: WorkloadView, standard: Standard): Judgement {
  const { workload } = view;
  if (workload.observedGeneration < workload.generation) {
    return progressing('Kubernetes has not taken note of the change yet');
  }
  const troubles = [
    replicaSetTrouble(view, standard.nowMs),
    ...view.pods.map((pod) => judgePod(pod, standard)),
  ];
  standard.memory.see(view.pods);
  const doomed = troubles.find((trouble) => trouble?.state === 'doomed');
  if (doomed !== undefined) return doomed;
  const again = troubles.flatMap((trouble) =>
    trouble?.state === 'progressing' && trouble.againAtMs !== undefined ? [trouble.againAtMs] : [],
  );
  const state = again.length === 0 && isAvailable(view, standard);
  return state
    ? { state: 'available' }
    : progressing(waitsFor(view, standard), ...(again.length === 0 ? [] : [Math.min(...again)]));
}

function progressing(words: string, againAtMs?: number): Judgement {
  return { state: 'progressing', words, ...(againAtMs === undefined ? {} : { againAtMs }) };
}

function isAvailable(view: WorkloadView, { replicas, alone }: Standard): boolean {
  const { status } = view.workload;
  const ready = view.pods.filter((pod) => pod.ready && !pod.deleting).length;
  return (
    ready >= replicas &&
    (view.newReplicaSet?.availableReplicas ?? 0) >= replicas &&
    status.updatedReplicas >= replicas &&
    status.replicas <= status.updatedReplicas &&
    (!alone || view.otherPods === 0)
  );
}

function judgePod(pod: PodView, { nowMs, memory }: Standard): Judgement | undefined {
  const readyBefore = memory.restartsWhenReady(pod.uid);
  const trouble = podTrouble(pod, readyBefore);
  if (trouble !== undefined) return { state: 'doomed', ...trouble };
  if (readyBefore === undefined || pod.ready || pod.deleting || pod.disrupted) return undefined;
  const since = pod.readyChangedAt ?? pod.createdAt;
  const doomedAtMs = Date.parse(since) + UNREADY_GRACE_MS;
  if (nowMs < doomedAtMs) return progressing(`${pod.name}: was ready, is not`, doomedAtMs);
  return {
    state: 'doomed',
    reason: 'BecameUnready',
    message: `${pod.name}: was ready, and has not been for ${UNREADY_GRACE_MS / 1000} s`,
    since,
    pod: pod.name,
  };
}

function replicaSetTrouble(view: WorkloadView, nowMs: number): Judgement | undefined {
  const failure = view.newReplicaSet?.failure;
  if (view.newReplicaSet === undefined || failure === undefined) return undefined;
  const doomedAtMs = Date.parse(failure.since) + REFUSED_GRACE_MS;
  const mayMend = view.pods.length > 0 || view.otherPods > view.workload.replicas;
  if (mayMend && nowMs < doomedAtMs) return progressing(refusal(view.newReplicaSet), doomedAtMs);
  return {
    state: 'doomed',
    reason: 'FailedCreate',
    message: refusal(view.newReplicaSet),
    since: failure.since,
  };
}

function refusal({ name, failure }: ReplicaSetView): string {
  return `ReplicaSet ${name}: ${failure?.reason ?? ''}: ${failure?.message ?? ''}`;
}

/** At most this many pods are quoted: they all say the same. */
const QUOTED_PODS = 3;

function waitsFor(view: WorkloadView, { replicas }: Standard): string {
  if (view.newReplicaSet?.failure !== undefined) return refusal(view.newReplicaSet);
  const said = view.pods.flatMap((pod) => podWaitsFor(pod) ?? []).slice(0, QUOTED_PODS);
  const counts = `${view.newReplicaSet?.availableReplicas ?? 0} of ${replicas} pods available`;
  const others = view.otherPods > 0 ? [`${view.otherPods} pods of another version left`] : [];
  return [counts, ...said, ...others].join('; ');
}
