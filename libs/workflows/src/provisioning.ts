import { proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { ProvisionActivities, ProvisionChange, ProvisionInput } from '@fairlead/contracts';
import { PROVISION } from './activity-options.ts';

/** Brings dashboards and alerts of one system to their present form, or says what that would take. */
export async function provisioning(input: ProvisionInput): Promise<readonly ProvisionChange[]> {
  const { provision } = proxyActivities<ProvisionActivities>({
    ...PROVISION,
    taskQueue: CONTROL_QUEUE,
    summary: `${input.verb} ${input.system}`,
  });
  return provision(input);
}
