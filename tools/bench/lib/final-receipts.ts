import { WORKFLOW_TYPES } from '@fairlead/contracts';
import type { Receipt } from '@fairlead/contracts';
import { receiptsQuery } from '@fairlead/contracts/messages';
import type { WorkflowHarness } from '@fairlead/testing/workflows';

const AFTER_A_RUN = `WorkflowType = '${WORKFLOW_TYPES.redelivery}' OR WorkflowType = '${WORKFLOW_TYPES.digest}'`;

/** What became of the deliveries of these deployments, by key: their own receipts, and those that have taken their place. */
export async function finalReceipts(
  client: WorkflowHarness['client'],
  ids: readonly string[],
  own: readonly Receipt[],
): Promise<ReadonlyMap<string, Receipt>> {
  const latest = new Map<string, Receipt>();
  keep(own);
  for await (const { workflowId, runId } of client.workflow.list({ query: AFTER_A_RUN })) {
    const isTheirs = ids.some(
      (id) => workflowId === `redelivery/${id}` || workflowId.startsWith(`redelivery/${id}/`),
    );
    if (!isTheirs && !workflowId.startsWith('digest/')) continue;
    keep(await client.workflow.getHandle(workflowId, runId).query(receiptsQuery));
  }
  return latest;

  /** One that is pending points to where it is told. */
  function keep(receipts: readonly Receipt[]): void {
    for (const receipt of receipts) {
      const known = latest.get(receipt.key);
      if (known === undefined || known.state === 'pending') latest.set(receipt.key, receipt);
    }
  }
}
