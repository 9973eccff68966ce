import { Client } from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { targetWorkflowId } from '@fairlead/contracts';
import type { TargetLookup } from '@fairlead/contracts';
import { ledgerQuery } from '@fairlead/contracts/messages';

/** Within the 10 s that a delivery may take: without an answer it is told as if nothing had happened since. */
const TIMEOUT_MS = 3_000;

/** Asks the targets' ledgers. */
export function createTargetLookup({
  connection,
  namespace,
}: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}): TargetLookup {
  const client = new Client({ connection, namespace });
  return {
    async laterSuccess({ environment, application, at }) {
      const handle = client.workflow.getHandle(targetWorkflowId(environment, application));
      try {
        const { present } = await client.withDeadline(Date.now() + TIMEOUT_MS, () =>
          handle.query(ledgerQuery),
        );
        if (present === undefined || Date.parse(present.finishedAt) <= Date.parse(at)) {
          return undefined;
        }
        return present.deploymentId;
      } catch {
        return undefined;
      }
    },
  };
}
