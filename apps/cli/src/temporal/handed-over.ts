import {
  digestWorkflowId,
  lonelyDeliveryWorkflowId,
  redeliveryWorkflowId,
} from '@fairlead/contracts';
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

/** The record with what became of them since. One that no receipt tells of is still under way. */
export async function withHandedOver(
  session: Session,
  deploymentId: string,
  record: DeploymentRecord,
): Promise<DeploymentRecord> {
  const ids = [deploymentId, `${deploymentId}/lost`].map(redeliveryWorkflowId);
  const receipts = await Promise.all(ids.map((id) => receiptsOf(session, id)));
  const handedOver = withReceipts(record, receipts.flat());
  const open = handedOver.deliveries.filter(({ state }) => state === 'pending');
  return withReceipts(handedOver, await elsewhere(session, open));
}

/** Of what is sent by a workflow of its own, or waits in a digest. */
async function elsewhere(session: Session, open: readonly Receipt[]): Promise<readonly Receipt[]> {
  const digests = new Set(open.map(({ destination }) => digestWorkflowId(destination)));
  const receipts = await Promise.all([
    ...open.map(({ key }) => receiptsOf(session, lonelyDeliveryWorkflowId(key))),
    ...[...digests].map((id) => receiptsOf(session, id)),
  ]);
  // A digest tells of other deployments too.
  return receipts.flat().filter(({ key }) => open.some((one) => one.key === key));
}

/** In the record's order; a receipt that the record does not know comes last. */
function withReceipts(record: DeploymentRecord, receipts: readonly Receipt[]): DeploymentRecord {
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
      const result: unknown = status.name === 'COMPLETED' ? await handle.result() : undefined;
      // What needs no worker comes first; a digest's result holds no receipts.
      return Array.isArray(result) ? (result as Receipt[]) : handle.query(MESSAGES.receipts);
    });
  } catch (error) {
    if (error instanceof NotFound || error instanceof CliError) return [];
    throw error;
  }
}
