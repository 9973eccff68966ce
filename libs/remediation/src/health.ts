import type { Judgement, PodView, WorkloadView } from '@fairlead/cluster/decisions';
import type { WorkloadHealth } from '@fairlead/contracts';

/** History stays small: Kubernetes' own messages may be long. */
const MAX_WORDS = 600;

export function healthOf(view: WorkloadView, judgement: Judgement): WorkloadHealth {
  const { workload, pods } = view;
  return {
    replicas: workload.replicas,
    ready: readyOf(view),
    restarts: pods.reduce((sum, pod) => sum + restartsOf(pod), 0),
    healthy: judgement.state === 'available',
    words: wordsOf(judgement).slice(0, MAX_WORDS),
  };
}

/** The workload's own count comes after its pods; of those of older ReplicaSets only that count tells. */
function readyOf({ workload, pods, otherPods }: WorkloadView): number {
  return otherPods > 0
    ? workload.status.readyReplicas
    : pods.filter(({ ready, deleting }) => ready && !deleting).length;
}

export const NOTHING_THERE: WorkloadHealth = {
  ...{ replicas: 0, ready: 0, restarts: 0, healthy: false },
  words: 'the Kubernetes Deployment is gone',
};

export function restartsOf({ containers }: PodView): number {
  return containers.reduce((sum, { restarts }) => sum + restarts, 0);
}

function wordsOf(judgement: Judgement): string {
  switch (judgement.state) {
    case 'available':
      return '';
    case 'progressing':
      return judgement.words;
    case 'doomed':
      return judgement.message;
  }
}
