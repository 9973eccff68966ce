import { Client, WorkflowNotFoundError } from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { QueryNotRegisteredError } from '@temporalio/client';
import { AdapterError, deploymentWorkflowId } from '@fairlead/contracts';
import type { LookupActivities } from '@fairlead/contracts';
import { toApplicationFailure } from '@fairlead/contracts/activity-failure';
import { recordQuery } from '@fairlead/contracts/messages';

/** A query replays a history; one that takes longer has no worker to answer it. */
const TIMEOUT_MS = 10_000;

interface LookupDependencies {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}

/** Asks a closed deployment for its last record. */
export function createLookupActivities({
  connection,
  namespace,
}: LookupDependencies): LookupActivities {
  const client = new Client({ connection, namespace });
  return {
    async lookupRecord({ deploymentId }) {
      const handle = client.workflow.getHandle(deploymentWorkflowId(deploymentId));
      try {
        return await client.withDeadline(Date.now() + TIMEOUT_MS, () => handle.query(recordQuery));
      } catch (error) {
        // Terminated before its first task: it never had a record.
        if (error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError) {
          return undefined;
        }
        throw toApplicationFailure(
          new AdapterError(
            'temporal-unreachable',
            `the record of deployment ${deploymentId} could not be asked for within ${TIMEOUT_MS / 1_000} s`,
            { cause: error },
          ),
        );
      }
    },
  };
}
