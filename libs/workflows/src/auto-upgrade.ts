import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow';

/**
 * A new worker version never waits for a workflow that mostly rests; what is in its history must replay on the new one.
 * Only a versioned worker may say so: the server refuses it else.
 */
export function upgradeByItself(workflow: (input: never) => Promise<unknown>): void {
  setWorkflowOptions(
    () =>
      (workflowInfo().currentDeploymentVersion?.deploymentName ?? '') === ''
        ? {}
        : { versioningBehavior: 'AUTO_UPGRADE' },
    workflow,
  );
}
