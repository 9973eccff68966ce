import { CompleteAsyncError } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { CONTROL_QUEUE, targetWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type {
  CountActivities,
  ForeignActivities,
  ForeignCount,
  TargetInput,
} from '@fairlead/contracts';
import { countForeignSignal } from '@fairlead/contracts/messages';

/** What a worker does for deployments that other tools make. */
export function createForeignActivities({
  connection,
  namespace,
}: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}): ForeignActivities & CountActivities {
  const client = new Client({ connection, namespace });
  return {
    // The process that runs the command beats and completes it.
    awaitCommand: () => Promise.reject(new CompleteAsyncError()),
    async countForeign({ environment, application, count }) {
      await client.workflow.signalWithStart<
        (input: TargetInput) => Promise<unknown>,
        [ForeignCount]
      >(WORKFLOW_TYPES.target, {
        workflowId: targetWorkflowId(environment, application),
        taskQueue: CONTROL_QUEUE,
        args: [{ environment, application }],
        signal: countForeignSignal,
        signalArgs: [count],
      });
    },
  };
}
