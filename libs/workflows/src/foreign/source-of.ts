import type { DeploymentPlan, DeploymentRecord } from '@fairlead/contracts';

/** Who makes a deployment, as its record says it: nothing of one that Fairlead makes itself. */
export function sourceOf({ foreign }: DeploymentPlan): Pick<DeploymentRecord, 'source' | 'tool'> {
  return foreign === undefined ? {} : { source: foreign.source, tool: foreign.tool };
}
