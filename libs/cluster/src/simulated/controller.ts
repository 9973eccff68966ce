import { fateOf } from './fate.ts';
import type { SimulatedPod, SimulatedReplicaSet, SimulatedWorkload } from './state.ts';
import { newReplicaSet } from './views.ts';

/** Share of the pods by which Kubernetes goes above, and below, while it replaces them. */
const SURGE = 0.25;

/** One pass of the Deployment controller: new pods within the surge, old ones as the new become ready. */
export function reconcile(
  workload: SimulatedWorkload,
  { nowMs, nextId }: { readonly nowMs: number; readonly nextId: () => number },
): void {
  const { object, replicaSets } = workload;
  let current = newReplicaSet(workload);
  if (current === undefined) {
    current = {
      name: `${object.name}-${object.templateDigest.slice(0, 9)}`,
      template: object.template,
      templateDigest: object.templateDigest,
      pods: [],
    };
    replicaSets.push(current);
  }
  const old = replicaSets.filter((one) => one !== current);
  const wanted = object.replicas;

  for (const replicaSet of old) replicaSet.pods = replicaSet.pods.filter(isReady);
  const minReady = wanted - Math.floor(wanted * SURGE);
  let spare = count([current, ...old], isReady) - minReady;
  for (const replicaSet of old) {
    const removed = Math.min(Math.max(spare, 0), replicaSet.pods.length);
    replicaSet.pods = replicaSet.pods.slice(removed);
    spare -= removed;
  }
  const room = wanted + Math.ceil(wanted * SURGE) - count([current, ...old]);
  const added = Math.min(wanted - current.pods.length, room);
  for (let index = 0; index < added; index += 1) {
    current.pods.push(newPod(current, nowMs, nextId()));
  }
  if (current.pods.length > wanted) current.pods = leastReadyLast(current.pods).slice(0, wanted);
  // Kubernetes keeps ten; those without pods have nothing to tell here.
  workload.replicaSets = [...old.filter(({ pods }) => pods.length > 0), current];
}

function newPod({ name, template }: SimulatedReplicaSet, nowMs: number, id: number): SimulatedPod {
  return {
    name: `${name}-${id.toString(36).padStart(5, '0')}`,
    uid: `pod-${id}`,
    createdAtMs: nowMs,
    fate: fateOf(template),
    state: 'starting',
    changedAtMs: nowMs,
  };
}

function count(
  replicaSets: readonly SimulatedReplicaSet[],
  which: (pod: SimulatedPod) => boolean = () => true,
): number {
  return replicaSets.reduce((sum, { pods }) => sum + pods.filter(which).length, 0);
}

function isReady({ state }: SimulatedPod): boolean {
  return state === 'ready';
}

function leastReadyLast(pods: readonly SimulatedPod[]): SimulatedPod[] {
  return [...pods].sort((a, b) => Number(isReady(b)) - Number(isReady(a)));
}
