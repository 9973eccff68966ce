import { redeliveryWorkflowId } from '@fairlead/contracts';
import type { DeploymentRecord, Receipt } from '@fairlead/contracts';
import { CliError } from '../errors.ts';
import { ENDED_FROM_OUTSIDE } from '../following/partial-record.ts';
import { QUERY_TIMEOUT_MS, bounded } from './bounded.ts';
import { NotFound } from './failures.ts';
import { MESSAGES } from './messages.ts';
import type { Session } from './session.ts';

/** Deliveries go on after a run: those that were open at its end, and its target's word for one that was terminated. */
export function mayHaveHandedOver({ outcome, error, deliveries }: DeploymentRecord): boolean {
  if (outcome === undefined) return false;
  return error?.type === ENDED_FROM_OUTSIDE || deliveries.some(({ state }) => state === 'pending');
}

/** What became of them. One that no receipt tells of is still under way. */
export async function handedOverReceipts(
  session: Session,
  deploymentId: string,
): Promise<readonly Receipt[]> {
  const ids = [deploymentId, `${deploymentId}/lost`].map(redeliveryWorkflowId);
  return (await Promise.all(ids.map((id) => receiptsOf(session, id)))).flat();
}

/** In the record's order; a receipt that the record does not know comes last. */
export function withReceipts(
  record: DeploymentRecord,
  receipts: readonly Receipt[],
): DeploymentRecord {
  const byKey = new Map(record.deliveries.map((receipt) => [receipt.key, receipt]));
  for (const receipt of receipts) byKey.set(receipt.key, receipt);
  return { ...record, deliveries: [...byKey.values()] };
}

/** None where nothing was handed over, or nobody is there to say it: the record itself is known and must be shown. */
async function receiptsOf(session: Session, workflowId: string): Promise<readonly Receipt[]> {
  const handle = session.client.workflow.getHandle(workflowId);
  const call = { what: `the receipts of ${workflowId}`, timeoutMs: QUERY_TIMEOUT_MS };
  try {
    return await bounded(session, call, async () => {
      const { status } = await handle.describe();
      if (status.name !== 'COMPLETED') return handle.query(MESSAGES.receipts);
      return (await handle.result()) as readonly Receipt[];
    });
  } catch (error) {
    if (error instanceof NotFound || error instanceof CliError) return [];
    throw error;
  }
}
