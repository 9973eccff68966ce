import { Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { blastRadiusWorkflowId, CONTROL_QUEUE, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { TurnActivities } from '@fairlead/contracts';
import { endTurnSignal, takeTurnUpdate } from '@fairlead/contracts/messages';

/** Asks the environment's workflow, and starts it where it is not on: a workflow cannot do both at once. */
export function createTurnActivities({
  connection,
  namespace,
}: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}): TurnActivities {
  const client = new Client({ connection, namespace });
  return {
    takeTurn: (request) =>
      client.workflow.executeUpdateWithStart(takeTurnUpdate, {
        args: [request],
        startWorkflowOperation: new WithStartWorkflowOperation(WORKFLOW_TYPES.blastRadius, {
          workflowId: blastRadiusWorkflowId(request.environment),
          taskQueue: CONTROL_QUEUE,
          args: [{}],
          workflowIdConflictPolicy: 'USE_EXISTING',
          staticSummary: `Who may act in ${request.environment}`,
        }),
      }),
    async endTurn({ environment, turn, hasActed }) {
      try {
        await client.workflow
          .getHandle(blastRadiusWorkflowId(environment))
          .signal(endTurnSignal, turn, hasActed);
      } catch (error) {
        // It has ended: nobody acts.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}
