import type { OwnedPod } from '@fairlead/cluster/decisions';
import type { IssueSubject } from '@fairlead/contracts';
import type { Place } from './place.ts';

/** A kubelet that is there has removed the pod well before; clocks differ by less. */
const LOST_AFTER_MS = 60_000;

/**
 * A StatefulSet's pod has a name and data of its own: two of it may never run, so what becomes of it is proposed to a
 * person. https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/
 */
export function statefulPod(pod: OwnedPod, { namespace, now }: Place): IssueSubject | undefined {
  const owner = pod.controllers.at(-1);
  if (owner?.kind !== 'StatefulSet') return undefined;
  const { name, goneBy } = pod;
  const what = `pod ${name} in ${namespace} belongs to StatefulSet ${owner.name}`;
  const at = `pod ${name} --namespace ${namespace}`;
  const subject = { workload: `statefulset/${owner.name}`, pod: name };
  if (goneBy === undefined) {
    return {
      ...subject,
      byHand: `${what}, whose pods stand for something of their own; \`kubectl delete ${at}\` restarts it`,
    };
  }
  if (now() < Date.parse(goneBy) + LOST_AFTER_MS) {
    return { refused: `${what}, and is ending by itself; \`kubectl get ${at}\` shows it` };
  }
  return {
    ...subject,
    byHand:
      `${what}, was to end by ${goneBy} and is still there: its node is lost, or a finalizer holds it. ` +
      `It is never forced, as it may still run: \`kubectl get ${at} --output wide\` shows its node; once that ` +
      `machine is certainly off, \`kubectl delete ${at} --force --grace-period=0\` lets another take its place`,
  };
}
