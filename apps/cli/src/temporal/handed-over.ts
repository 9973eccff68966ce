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

/** Runs of a digest that are asked for one deployment's receipts: in a storm there is one every 15 s. */
const RUNS_LIMIT = 40;

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
  const { deploymentId, deliveries } = record;
  const asking = new Set(deliveries.flatMap(({ confirmedBy }) => confirmedBy ?? []));
  const receipts = await Promise.all([...asking].map((id) => receiptsOf(session, id)));
  // A message that told of several deployments at once has the receipts of all.
  const said = receipts.flat().filter(({ key }) => key.startsWith(`${deploymentId}/`));
  return withReceipts(withReceipts(record, said), await elsewhere(session, pending(said)));
}

function pending(receipts: readonly Receipt[]): readonly Receipt[] {
  return receipts.filter(({ state }) => state === 'pending');
}

/** Of what is sent by a workflow of its own, or waits in a digest. */
async function elsewhere(session: Session, open: readonly Receipt[]): Promise<readonly Receipt[]> {
  const byDestination = Object.groupBy(open, ({ destination }) => destination);
  const receipts = await Promise.all([
    ...open.map(({ key }) => receiptsOf(session, lonelyDeliveryWorkflowId(key))),
    ...Object.entries(byDestination).map(([destination, some = []]) =>
      receiptsInDigests(session, destination, some),
    ),
  ]);
  return receipts.flat();
}

/** A digest has a run for each time that it was needed; the latest come first, and tell of other deployments too. */
async function receiptsInDigests(
  session: Session,
  destination: string,
  open: readonly Receipt[],
): Promise<readonly Receipt[]> {
  const workflowId = digestWorkflowId(destination);
  const found: Receipt[] = [];
  for (const runId of await runsSince(session, workflowId, earliest(open))) {
    const told = await receiptsOf(session, workflowId, runId);
    found.push(...told.filter(({ key }) => open.some((one) => one.key === key)));
    if (found.length >= open.length) break;
  }
  return found;
}

function earliest(receipts: readonly Receipt[]): string {
  return receipts.map(({ at }) => at).reduce((one, other) => (one < other ? one : other));
}

/** None where nobody is there to say it. */
async function runsSince(
  session: Session,
  workflowId: string,
  since: string,
): Promise<readonly string[]> {
  const query = `WorkflowId = '${workflowId}' AND (ExecutionStatus = 'Running' OR CloseTime >= '${since}')`;
  const call = { what: `the runs of ${workflowId}`, timeoutMs: QUERY_TIMEOUT_MS };
  try {
    return await bounded(session, call, async () => {
      const runs: string[] = [];
      for await (const { runId } of session.client.workflow.list({ query })) {
        runs.push(runId);
        if (runs.length >= RUNS_LIMIT) break;
      }
      return runs;
    });
  } catch (error) {
    if (error instanceof CliError) return [];
    throw error;
  }
}

/** In the record's order; a receipt that the record does not know comes last. */
function withReceipts(record: DeploymentRecord, receipts: readonly Receipt[]): DeploymentRecord {
  const byKey = new Map(record.deliveries.map((receipt) => [receipt.key, receipt]));
  for (const receipt of receipts) byKey.set(receipt.key, receipt);
  return { ...record, deliveries: [...byKey.values()] };
}

/** None where nothing was handed over, or nobody is there to say it: the record itself is known and must be shown. */
async function receiptsOf(
  session: Session,
  workflowId: string,
  runId?: string,
): Promise<readonly Receipt[]> {
  const handle = session.client.workflow.getHandle(workflowId, runId);
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
