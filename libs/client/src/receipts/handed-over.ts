import { lonelyDeliveryWorkflowId, redeliveryWorkflowId } from '@fairlead/contracts';
import type { DeploymentRecord, Receipt } from '@fairlead/contracts';
import { ENDED_FROM_OUTSIDE } from '../deployments/partial-record.ts';
import { receiptsInDigests } from './digest-runs.ts';
import { receiptsOf } from './receipts-of.ts';
import type { Session } from '../connection/session.ts';

/** An SMS that was lost, another in its place that was lost too, and one more: no route is longer. */
const CONFIRMATIONS_IN_TURN = 3;

/**
 * The record with what became of the deliveries that go on after a run: those that were open at its end, and its
 * target's word for one that was terminated. One that no receipt tells of is still under way.
 */
export async function withHandedOver(
  session: Session,
  deploymentId: string,
  record: DeploymentRecord,
): Promise<DeploymentRecord> {
  if (!mayHaveHandedOver(record)) return record;
  const ids = [deploymentId, `${deploymentId}/lost`].map(redeliveryWorkflowId);
  const receipts = await Promise.all(ids.map((id) => receiptsOf(session, id)));
  const handedOver = withReceipts(record, receipts.flat());
  return withReceipts(handedOver, await elsewhere(session, pending(handedOver.deliveries)));
}

function mayHaveHandedOver({ outcome, error, deliveries }: DeploymentRecord): boolean {
  if (outcome === undefined) return false;
  return error?.type === ENDED_FROM_OUTSIDE || pending(deliveries).length > 0;
}

/** The record with what vendors have said since of what they had accepted, and who was told in place of what was lost. */
export async function withWordOfVendors(
  session: Session,
  record: DeploymentRecord,
): Promise<DeploymentRecord> {
  const asked = new Set<string>();
  let known = record;
  for (let turn = 0; turn < CONFIRMATIONS_IN_TURN; turn += 1) {
    const confirming = known.deliveries.flatMap(({ confirmedBy }) => confirmedBy ?? []);
    const asking = [...new Set(confirming)].filter((id) => !asked.has(id));
    if (asking.length === 0) break;
    for (const id of asking) asked.add(id);
    const receipts = await Promise.all(asking.map((id) => receiptsOf(session, id)));
    // A message that told of several deployments at once has the receipts of all.
    const said = receipts.flat().filter(({ key }) => key.startsWith(`${record.deploymentId}/`));
    known = withReceipts(known, said);
    known = withReceipts(known, await elsewhere(session, pending(said)));
  }
  return known;
}

function pending(receipts: readonly Receipt[]): readonly Receipt[] {
  return receipts.filter(({ state }) => state === 'pending');
}

/** Of what is sent by a workflow of its own, or waits in a digest. */
async function elsewhere(session: Session, open: readonly Receipt[]): Promise<readonly Receipt[]> {
  const destinations = [...new Set(open.map(({ destination }) => destination))];
  const receipts = await Promise.all([
    ...open.map(({ key }) => receiptsOf(session, lonelyDeliveryWorkflowId(key))),
    ...destinations.map((destination) =>
      receiptsInDigests(session, {
        destination,
        open: open.filter((receipt) => receipt.destination === destination),
      }),
    ),
  ]);
  return receipts.flat();
}

/** In the record's order; a receipt that the record does not know comes last. */
function withReceipts(record: DeploymentRecord, receipts: readonly Receipt[]): DeploymentRecord {
  const byKey = new Map(record.deliveries.map((receipt) => [receipt.key, receipt]));
  for (const receipt of receipts) byKey.set(receipt.key, receipt);
  return { ...record, deliveries: [...byKey.values()] };
}
