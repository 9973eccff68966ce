import type { WorkerOptions } from '@temporalio/worker';

type DeploymentOptions = NonNullable<WorkerOptions['workerDeploymentOptions']>;

/**
 * Worker versioning, when both variables are set, as the Temporal Worker Controller sets them. A versioned worker gets
 * no work until its version is made current, so one variable alone switches nothing on.
 */
export function versioning(env: NodeJS.ProcessEnv): DeploymentOptions | undefined {
  const { TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_WORKER_BUILD_ID: buildId } = env;
  if (!deploymentName || !buildId) return undefined;
  return {
    version: { deploymentName, buildId },
    useWorkerVersioning: true,
    // A run finishes on the code that planned it; workflows that differ say so themselves.
    defaultVersioningBehavior: 'PINNED',
  };
}
