import { proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { CountActivities, DeploymentInput, ForeignCount } from '@fairlead/contracts';
import { TELL_WORKFLOW } from '../activity-options.ts';

/** What happened beside its target's lock is counted there like all the others. */
export async function count({ plan }: DeploymentInput, counted: ForeignCount): Promise<void> {
  const { environment, application } = plan;
  const { countForeign } = proxyActivities<CountActivities>({
    ...TELL_WORKFLOW,
    taskQueue: CONTROL_QUEUE,
  });
  await countForeign({ environment, application, count: counted });
}
