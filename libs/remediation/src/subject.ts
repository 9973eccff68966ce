import { isOurs, read } from '@fairlead/cluster/decisions';
import type { OwnedPod } from '@fairlead/cluster/decisions';
import type { IssueSubject, RemediationActivities } from '@fairlead/contracts';
import { deploymentOf } from './owner.ts';
import type { Place } from './place.ts';
import { statefulPod } from './stateful-pod.ts';
import { gonePod, goneWorkload, otherWorkload, ownWorkload } from './refusals.ts';

type Named = Parameters<RemediationActivities['clusterSubject']>[0];

/** From what was named to the Kubernetes Deployment that may be mended. */
export async function findSubject({ pod, workload }: Named, place: Place): Promise<IssueSubject> {
  if (pod === undefined) {
    return workload === undefined
      ? { refused: 'neither a pod nor a Kubernetes Deployment is named' }
      : ofWorkload({ name: workload }, place);
  }
  const { cluster, namespace } = place;
  const found = await read(place, cluster.pod({ namespace, name: pod }));
  if (found === undefined) {
    if (workload === undefined) return { refused: gonePod(namespace) };
    return ofWorkload({ name: workload, pod }, place);
  }
  const owner = deploymentOf(found);
  if (owner === undefined) {
    return statefulPod(found, place) ?? { refused: notOurs(found, namespace) };
  }
  if (workload !== undefined && workload !== owner.name) {
    const belongs = `pod ${pod} in ${namespace} belongs to Kubernetes Deployment ${owner.name}`;
    return {
      refused: `${belongs}, not to the one that was named; \`kubectl describe pod ${pod} --namespace ${namespace}\` shows it`,
    };
  }
  return ofWorkload({ ...owner, pod, podUid: found.uid }, place);
}

async function ofWorkload(
  {
    name,
    uid,
    ...pod
  }: Pick<Extract<IssueSubject, { workload: string }>, 'pod' | 'podUid'> & {
    readonly name: string;
    readonly uid?: string;
  },
  place: Place,
): Promise<IssueSubject> {
  const { cluster, namespace } = place;
  const found = await read(place, cluster.workload({ namespace, name }));
  if (found === undefined) return { refused: goneWorkload(name, namespace) };
  if (uid !== undefined && found.uid !== uid) return { refused: otherWorkload(name, namespace) };
  if (isOurs(found.labels)) return { refused: ownWorkload(name, namespace) };
  return { workload: found.name, ...pod };
}

/** A pod is never forced away where its end means something: its controller's kind decides what a person may do. */
function notOurs({ name, controllers }: OwnedPod, namespace: string): string {
  const owner = controllers.at(-1);
  const what = `pod ${name} in ${namespace}`;
  const at = `--namespace ${namespace}`;
  if (owner === undefined) {
    return (
      `${what} has no controller: nobody would make it anew; \`kubectl get pod ${name} ${at} ` +
      '-o yaml | kubectl replace --force -f -` replaces it'
    );
  }
  const belongs = `${what} belongs to ${owner.kind} ${owner.name}`;
  switch (owner.kind) {
    case 'DaemonSet':
      return (
        `${belongs}, whose pods stand for something of their own; ` +
        `\`kubectl delete pod ${name} ${at}\` restarts it`
      );
    case 'Job':
      return (
        `${belongs}, which counts its failures itself; ` +
        `\`kubectl describe job ${owner.name} ${at}\` shows them`
      );
    default:
      return (
        `${belongs}, and to no Kubernetes Deployment; ` +
        `\`kubectl describe pod ${name} ${at}\` shows it`
      );
  }
}
