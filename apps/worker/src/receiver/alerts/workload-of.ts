/**
 * Kubernetes ends a pod’s name with its template’s hash and five random characters, of letters that make no words:
 * https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go. What it had to cut is not known.
 */
const ENDING = /-[bcdfghjklmnpqrstvwxz2456789]{1,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** Which of these a pod’s name says that it belongs to: alerts of pods name no Kubernetes Deployment. */
export function workloadOf(pod: string, workloads: readonly string[]): string | undefined {
  const ending = ENDING.exec(pod);
  if (ending === null) return undefined;
  const owner = pod.slice(0, ending.index);
  return workloads.find((name) => name === owner);
}
