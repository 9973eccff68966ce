import { matchesSelector, read } from '@fairlead/cluster/decisions';
import type { OwnedPod } from '@fairlead/cluster/decisions';
import { AdapterError } from '@fairlead/contracts';
import type { Mend, MendResult } from '@fairlead/contracts';
import type { Place } from '../place.ts';

type RestartPod = Extract<Mend, { action: 'restart_pod' }>;

/** Ends that very pod; its ReplicaSet makes another. */
export async function endPod(
  { pod: name, uid, evict }: RestartPod,
  place: Place,
): Promise<MendResult> {
  const { cluster, namespace } = place;
  const found = await read(place, cluster.pod({ namespace, name }));
  if (found?.uid !== uid || found.deleting) return { done: `pod ${name} was gone already` };
  if (!evict) {
    await cluster.deletePod(namespace, found);
    return { done: `deleted pod ${name}` };
  }
  try {
    await cluster.evictPod(namespace, found);
  } catch (error) {
    const budget = isThrottled(error) ? await forbidding(found, place) : undefined;
    if (budget === undefined) throw error;
    return {
      refused:
        `disruption budget ${budget} lets no pod of its go now, so pod ${name} in ${namespace} stays; ` +
        `\`kubectl describe poddisruptionbudget ${budget} --namespace ${namespace}\` shows what it waits for`,
    };
  }
  return { done: `evicted pod ${name}` };
}

/** The API server says 429 for a budget and for its own load alike: the budget itself tells which. */
async function forbidding({ labels }: OwnedPod, place: Place): Promise<string | undefined> {
  const budgets = await read(place, place.cluster.disruptionBudgets(place.namespace));
  return budgets.find(
    ({ selector, disruptionsAllowed }) =>
      disruptionsAllowed <= 0 && selector !== undefined && matchesSelector(selector, labels),
  )?.name;
}

function isThrottled(error: unknown): boolean {
  return error instanceof AdapterError && error.type === 'cluster-throttled';
}
