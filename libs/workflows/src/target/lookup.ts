import { proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { DeploymentRecord, LookupActivities } from '@fairlead/contracts';

/** A query to a closed workflow replays it, so it may take a while; without an answer the target goes on. */
const LOOKUP = { startToCloseTimeout: '15s', scheduleToCloseTimeout: '2m' } as const;

/** The record of a deployment that runs or ended; undefined where nothing is known of it. */
export function lookup(deploymentId: string): Promise<DeploymentRecord | undefined> {
  const { lookupRecord } = proxyActivities<LookupActivities>({
    ...LOOKUP,
    taskQueue: CONTROL_QUEUE,
  });
  return lookupRecord({ deploymentId }).catch(() => undefined);
}
