import type { OwnedPod } from '@fairlead/cluster/decisions';

/** The Kubernetes Deployment above the pod's ReplicaSet. */
export function deploymentOf({ controllers }: OwnedPod) {
  const [nearest, above] = controllers;
  return nearest?.kind === 'ReplicaSet' && above?.kind === 'Deployment'
    ? { name: above.name, uid: above.uid }
    : undefined;
}
