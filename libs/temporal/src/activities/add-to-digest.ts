import { Client } from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { CONTROL_QUEUE, digestWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { DigestActivities, DigestEntry, DigestInput } from '@fairlead/contracts';
import { addToDigestSignal } from '@fairlead/contracts/messages';

/** Signals the digest of a destination, and starts it where it is not on: a workflow cannot do both at once. */
export function createDigestActivities({
  connection,
  namespace,
}: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}): DigestActivities {
  const client = new Client({ connection, namespace });
  return {
    async addToDigest({ destination, entries }) {
      await client.workflow.signalWithStart<
        (input: DigestInput) => Promise<unknown>,
        [readonly DigestEntry[]]
      >(WORKFLOW_TYPES.digest, {
        workflowId: digestWorkflowId(destination),
        taskQueue: CONTROL_QUEUE,
        args: [{ waiting: [] }],
        signal: addToDigestSignal,
        signalArgs: [entries],
        staticSummary: `What ${destination} is told together`,
      });
    },
  };
}
