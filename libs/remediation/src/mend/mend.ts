import { read } from '@fairlead/cluster/decisions';
import type { Workload } from '@fairlead/cluster/decisions';
import type { Mend, MendRequest, MendResult } from '@fairlead/contracts';
import type { Place } from '../place.ts';
import { goneWorkload, otherWorkload, pausedWorkload } from '../refusals.ts';
import { endPod } from './end-pod.ts';
import { raiseBound } from './raise-bound.ts';

type Restart = Extract<Mend, { action: 'restart_deployment' }>;
type Scale = Extract<Mend, { action: 'scale_deployment' }>;

/** One write, or none: a repeat finds it done. A conflict is thrown, and decided again by the retry. */
export function mend({ mend: one, at }: MendRequest, place: Place): Promise<MendResult> {
  switch (one.action) {
    case 'restart_pod':
      return endPod(one, place);
    case 'restart_deployment':
      return onWorkload(one, place, (workload) => restart(workload, { at, place }));
    case 'scale_deployment':
      return onWorkload(one, place, (workload) =>
        one.autoscaler === undefined
          ? scale(workload, one, place)
          : raiseBound(one.autoscaler, one, place),
      );
  }
}

async function onWorkload(
  { workload: name, uid }: Restart | Scale,
  place: Place,
  write: (workload: Workload) => Promise<MendResult>,
): Promise<MendResult> {
  const { cluster, namespace } = place;
  const found = await read(place, cluster.workload({ namespace, name }));
  if (found === undefined) return { refused: goneWorkload(name, namespace) };
  if (found.uid !== uid) return { refused: otherWorkload(name, namespace) };
  return write(found);
}

/** What `kubectl rollout restart` writes. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

async function restart(
  workload: Workload,
  { at, place }: { readonly at: string; readonly place: Place },
): Promise<MendResult> {
  const { cluster, namespace } = place;
  const { name, paused, template } = workload;
  const done = { done: `restarted Kubernetes Deployment ${name}` };
  const annotations = template.metadata?.annotations ?? {};
  if (annotations[RESTARTED_AT] === at) return done;
  if (paused) return { refused: pausedWorkload(name, namespace) };
  await cluster.patchWorkload(namespace, workload, {
    template: {
      ...template,
      metadata: { ...template.metadata, annotations: { ...annotations, [RESTARTED_AT]: at } },
    },
  });
  return done;
}

async function scale(
  workload: Workload,
  { from, to }: Scale,
  { cluster, namespace }: Place,
): Promise<MendResult> {
  const { name, replicas } = workload;
  const done = { done: `scaled Kubernetes Deployment ${name} from ${from} to ${to} replicas` };
  if (replicas === to) return done;
  if (replicas !== from) {
    return {
      refused:
        `Kubernetes Deployment ${name} in ${namespace} was scaled to ${replicas} by someone else, from ${from}; ` +
        `\`kubectl scale deployment ${name} --replicas ${to} --namespace ${namespace}\` still does what was meant`,
    };
  }
  await cluster.patchWorkload(namespace, workload, { replicas: to });
  return done;
}
