import { lackingRoom, podAmounts, read, times } from '@fairlead/cluster/decisions';
import type { AutoscalerView } from '@fairlead/cluster/decisions';
import type { Place } from '../place.ts';
import type { Choice, Seen } from './inspect.ts';

/** Some replicas more, up to the ceiling, where there is room; an autoscaler's are its own, so its bound is raised. */
export async function chooseReplicas(seen: Seen, place: Place): Promise<Choice> {
  const { cluster, namespace } = place;
  const { name, uid, replicas } = seen.view.workload;
  const describe = `\`kubectl describe deployment ${name} --namespace ${namespace}\` shows it`;
  if (replicas === 0) {
    return {
      refused: `Kubernetes Deployment ${name} in ${namespace} is scaled to 0, so somebody switched it off; ${describe}`,
    };
  }
  const autoscalers = await read(place, cluster.autoscalers(namespace));
  const autoscaler = autoscalers.find(
    ({ targetKind, targetName }) => targetKind === 'Deployment' && targetName === name,
  );
  if (autoscaler !== undefined && replicas < autoscaler.maxReplicas) {
    return { refused: hasRoom(autoscaler, replicas, namespace) };
  }
  const { step, maxReplicas } = seen.request.scale;
  const from = autoscaler?.maxReplicas ?? replicas;
  const to = Math.min(from + step, maxReplicas);
  if (to <= from) {
    const what =
      autoscaler === undefined
        ? `Kubernetes Deployment ${name} in ${namespace} has ${from} replicas`
        : `autoscaler ${autoscaler.name} in ${namespace} may go to ${from} replicas`;
    return {
      refused: `${what}, and the configuration allows ${maxReplicas}; ${byHand(name, from + step, namespace, autoscaler)} goes beyond`,
    };
  }
  if (autoscaler?.controller !== undefined) {
    const { kind, name: owner } = autoscaler.controller;
    return {
      refused: `autoscaler ${autoscaler.name} in ${namespace} belongs to ${kind} ${owner}, which would put its bound back to ${from}; ${byHand(name, to, namespace, autoscaler)} raises it there`,
    };
  }
  const lacking = await lackingFor(to - replicas, seen, place);
  if (lacking.length > 0) {
    return {
      refused: `no room for ${to} replicas of ${name} in ${namespace}: ${lacking.join('; ')}; raise the quota or make room (\`kubectl describe resourcequotas --namespace ${namespace}\`)`,
    };
  }
  return {
    mend: {
      ...{ action: 'scale_deployment', workload: name, uid, from, to },
      ...(autoscaler === undefined ? {} : { autoscaler: autoscaler.name }),
    },
  };
}

async function lackingFor(more: number, { view }: Seen, place: Place): Promise<string[]> {
  const quotas = await read(place, place.cluster.quotas(place.namespace));
  return lackingRoom(quotas, times(podAmounts(view.workload.template.spec), more));
}

function hasRoom({ name, maxReplicas }: AutoscalerView, replicas: number, namespace: string) {
  return (
    `autoscaler ${name} in ${namespace} has room (${replicas} of ${maxReplicas} replicas) and decides; ` +
    `\`kubectl describe horizontalpodautoscaler ${name} --namespace ${namespace}\` shows what by`
  );
}

function byHand(
  workload: string,
  replicas: number,
  namespace: string,
  autoscaler: AutoscalerView | undefined,
): string {
  if (autoscaler === undefined) {
    return `\`kubectl scale deployment ${workload} --replicas ${replicas} --namespace ${namespace}\``;
  }
  const [object, bound] = boundOf(autoscaler);
  const patch = `{"spec":{"${bound}":${replicas}}}`;
  return `\`kubectl patch ${object} --namespace ${namespace} --type merge --patch '${patch}'\``;
}

/** Where a bound is written that stays: KEDA makes its autoscaler anew from its ScaledObject, https://keda.sh/docs/latest/reference/scaledobject-spec/ */
function boundOf({ name, controller }: AutoscalerView): readonly [string, string] {
  return controller?.kind === 'ScaledObject'
    ? [`scaledobject ${controller.name}`, 'maxReplicaCount']
    : [`horizontalpodautoscaler ${name}`, 'maxReplicas'];
}
