import { matchesSelector, podTrouble, read } from '@fairlead/cluster/decisions';
import type { OwnedPod, PodView } from '@fairlead/cluster/decisions';
import { AdapterError } from '@fairlead/contracts';
import { restartsOf } from '../health.ts';
import { deploymentOf } from '../owner.ts';
import type { Place } from '../place.ts';
import type { Choice, Seen } from './inspect.ts';

/** The pod that was named, if it is the workload's own and still sick; else the one that is worst off. */
export async function choosePod(seen: Seen, place: Place): Promise<Choice> {
  const pod = (await namedPod(seen, place)) ?? (await worstPod(seen, place));
  if (pod === undefined) {
    const { name } = seen.view.workload;
    return {
      refused:
        `no pod of Kubernetes Deployment ${name} in ${place.namespace} is sick itself ` +
        `(${seen.before.words}); \`kubectl describe deployment ${name} --namespace ${place.namespace}\` shows what it waits for`,
    };
  }
  return endPod(pod, place);
}

async function namedPod({ request, view }: Seen, place: Place): Promise<OwnedPod | undefined> {
  const { pod: name, podUid } = request;
  if (name === undefined) return undefined;
  const { cluster, namespace } = place;
  const found = await read(place, cluster.pod({ namespace, name }));
  if (found === undefined || found.deleting) return undefined;
  if (podUid !== undefined && podUid !== found.uid) return undefined;
  const seen = view.pods.find(({ uid }) => uid === found.uid);
  if (seen !== undefined && sickness(seen) === 0) return undefined;
  return deploymentOf(found)?.uid === view.workload.uid ? found : undefined;
}

/** Doomed before not ready; of those alike the one restarted most often. One that serves is left alone. */
async function worstPod({ view }: Seen, place: Place): Promise<OwnedPod | undefined> {
  const [worst] = view.pods
    .filter((pod) => !pod.deleting && sickness(pod) > 0)
    .toSorted((a, b) => sickness(b) - sickness(a) || restartsOf(b) - restartsOf(a));
  if (worst === undefined) return undefined;
  const { cluster, namespace } = place;
  const found = await read(place, cluster.pod({ namespace, name: worst.name }));
  if (found?.uid === worst.uid && !found.deleting) return found;
  throw new AdapterError(
    'cluster-conflict',
    `pod ${worst.name} in ${namespace} is ending by itself`,
  );
}

function sickness(pod: PodView): number {
  if (podTrouble(pod) !== undefined) return 2;
  return pod.ready ? 0 : 1;
}

async function endPod({ name, uid, labels }: OwnedPod, place: Place): Promise<Choice> {
  const { cluster, namespace } = place;
  const budgets = await read(place, cluster.disruptionBudgets(namespace));
  const over = budgets.filter(
    ({ selector }) => selector !== undefined && matchesSelector(selector, labels),
  );
  if (over.length > 1) {
    const names = over.map((budget) => budget.name).join(', ');
    return {
      refused:
        `several disruption budgets (${names}) stand over pod ${name} in ${namespace}, and then ` +
        `Kubernetes evicts no pod; \`kubectl get poddisruptionbudgets --namespace ${namespace}\` shows them`,
    };
  }
  return { mend: { action: 'restart_pod', pod: name, uid, evict: over.length === 1 } };
}
