/** Each says why nothing is done, and the command by which a person goes on. */

export function goneWorkload(name: string, namespace: string): string {
  return (
    `Kubernetes Deployment ${name} is not in ${namespace}, or is already gone; ` +
    `\`kubectl get deployments --namespace ${namespace}\` lists those that are`
  );
}

export function ownWorkload(name: string, namespace: string): string {
  return (
    `Kubernetes Deployment ${name} in ${namespace} was made by a deployment of Fairlead, which ` +
    `decides about it; \`kubectl describe deployment ${name} --namespace ${namespace}\` shows it`
  );
}

export function otherWorkload(name: string, namespace: string): string {
  return (
    `Kubernetes Deployment ${name} in ${namespace} was deleted and made anew since; ` +
    `\`kubectl describe deployment ${name} --namespace ${namespace}\` shows what it is now`
  );
}

export function pausedWorkload(name: string, namespace: string): string {
  return (
    `Kubernetes Deployment ${name} in ${namespace} is paused, so a restart would not begin; ` +
    `\`kubectl rollout resume deployment ${name} --namespace ${namespace}\` lets it go on`
  );
}

export function gonePod(namespace: string): string {
  return (
    `there is no such pod in ${namespace}, or it is already gone; ` +
    `\`kubectl get pods --namespace ${namespace}\` lists those that are`
  );
}
