import { AdapterError } from '@fairlead/contracts';
import { conflict, notFound } from '../failures.ts';
import { matchesSelector } from '../labels.ts';
import type { OwnedPod, Ref } from '../objects.ts';
import type { PodIdentity } from '../port.ts';
import type { Engine } from './engine.ts';
import { inNamespace, podLabels, without } from './state.ts';
import type { SimulatedPod, SimulatedReplicaSet, SimulatedState } from './state.ts';

interface Found {
  readonly pod: SimulatedPod;
  readonly replicaSet: SimulatedReplicaSet;
  readonly owned: OwnedPod;
}

export function ownedPod(state: SimulatedState, ref: Ref): OwnedPod | undefined {
  return find(state, ref)?.owned ?? state.foreignPods[`${ref.namespace}/${ref.name}`];
}

export function changePod(
  state: SimulatedState,
  ref: Ref,
  change: (pod: SimulatedPod) => SimulatedPod,
): void {
  const found = find(state, ref);
  if (found === undefined) throw notFound(`there is no pod ${ref.namespace}/${ref.name}`);
  const { replicaSet, pod } = found;
  replicaSet.pods = replicaSet.pods.map((one) => (one === pod ? change(one) : one));
}

/** It is gone at once, and its ReplicaSet makes another. */
export function removePod({ state, commit }: Engine, namespace: string, pod: PodIdentity): void {
  const owned = checkedPod(state, namespace, pod);
  if (owned === undefined) return;
  commit(() => {
    const found = find(state, { namespace, name: pod.name });
    if (found === undefined) {
      state.foreignPods = without(state.foreignPods, `${namespace}/${pod.name}`);
    } else {
      found.replicaSet.pods = found.replicaSet.pods.filter((one) => one !== found.pod);
    }
  });
}

/** The budgets' counts stay as they were seeded. */
export function evictPod(engine: Engine, namespace: string, pod: PodIdentity): void {
  const owned = checkedPod(engine.state, namespace, pod);
  if (owned === undefined) return;
  const over = inNamespace(engine.state.disruptionBudgets, namespace).filter(
    ({ selector }) => selector !== undefined && matchesSelector(selector, owned.labels),
  );
  if (over.some(({ disruptionsAllowed }) => disruptionsAllowed <= 0)) {
    throw new AdapterError(
      'cluster-throttled',
      `create pods/eviction ${pod.name} in ${namespace}: Cannot evict pod as it would violate the pod's disruption budget.`,
    );
  }
  removePod(engine, namespace, pod);
}

function checkedPod(state: SimulatedState, namespace: string, { name, uid }: PodIdentity) {
  const owned = ownedPod(state, { namespace, name });
  if (owned !== undefined && owned.uid !== uid) {
    throw conflict(`pod ${namespace}/${name} is another one`);
  }
  return owned;
}

function find(state: SimulatedState, { namespace, name }: Ref): Found | undefined {
  for (const { object, replicaSets } of inNamespace(state.workloads, namespace)) {
    for (const replicaSet of replicaSets) {
      const pod = replicaSet.pods.find((one) => one.name === name);
      if (pod === undefined) continue;
      const owned = {
        ...{ name, uid: pod.uid, labels: podLabels(replicaSet), deleting: false },
        controllers: [
          { kind: 'ReplicaSet', name: replicaSet.name, uid: `replicaset-${replicaSet.name}` },
          { kind: 'Deployment', name: object.name, uid: object.uid },
        ],
      };
      return { pod, replicaSet, owned };
    }
  }
  return undefined;
}
