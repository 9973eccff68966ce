import { deploymentWorkflowId } from '@fairlead/contracts';

/** Where Temporal's Web UI shows a deployment; undefined when nobody said where the UI is. */
export function deploymentLink(
  uiUrl: string | undefined,
  namespace: string,
): ((deploymentId: string) => string) | undefined {
  if (uiUrl === undefined) return undefined;
  return (deploymentId) => {
    const workflow = encodeURIComponent(deploymentWorkflowId(deploymentId));
    return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${workflow}`;
  };
}
