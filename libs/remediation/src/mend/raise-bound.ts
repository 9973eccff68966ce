import { read } from '@fairlead/cluster/decisions';
import type { Mend, MendResult } from '@fairlead/contracts';
import type { Place } from '../place.ts';

type Scale = Extract<Mend, { action: 'scale_deployment' }>;

/** The autoscaler then scales by its own measure. */
export async function raiseBound(
  name: string,
  { workload, from, to }: Scale,
  place: Place,
): Promise<MendResult> {
  const { cluster, namespace } = place;
  const autoscalers = await read(place, cluster.autoscalers(namespace));
  const found = autoscalers.find((one) => one.name === name && one.targetName === workload);
  if (found === undefined) {
    return {
      refused:
        `autoscaler ${name} of Kubernetes Deployment ${workload} in ${namespace} is gone; ` +
        `\`kubectl get horizontalpodautoscalers --namespace ${namespace}\` lists those that are`,
    };
  }
  const done = { done: `raised the bound of autoscaler ${name} from ${from} to ${to} replicas` };
  if (found.maxReplicas === to) return done;
  if (found.maxReplicas !== from) {
    return {
      refused:
        `the bound of autoscaler ${name} in ${namespace} was set to ${found.maxReplicas} by someone else, from ${from}; ` +
        `\`kubectl describe horizontalpodautoscaler ${name} --namespace ${namespace}\` shows it`,
    };
  }
  await cluster.patchAutoscaler(namespace, found, { maxReplicas: to });
  return done;
}
