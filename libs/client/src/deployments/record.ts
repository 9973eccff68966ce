import { deploymentWorkflowId } from '@fairlead/contracts';
import type { DeploymentRecord, DeploymentResult } from '@fairlead/contracts';
import { refusedError } from '../errors/fairlead-error.ts';
import type { FairleadError } from '../errors/fairlead-error.ts';
import { recordOfResult, withEndFromOutside } from './partial-record.ts';
import { attributeReader } from '../connection/attributes.ts';
import { QUERY_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { NotFound, isNoWorker } from '../connection/failures.ts';
import { withHandedOver, withWordOfVendors } from '../receipts/handed-over.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Session } from '../connection/session.ts';
import { troublesOf } from '../connection/trouble.ts';
import type { Trouble } from '../connection/trouble.ts';

/** A deployment as it is seen at one time. */
export interface Look {
  readonly record: DeploymentRecord;
  /** What is tried again; undefined where nobody asked. */
  readonly troubles?: readonly Trouble[];
}

export interface LookOptions {
  /** Also looks whether it was ended from outside, which it cannot say. */
  readonly thorough: boolean;
  /** Whether it is asked what vendors have said since, by a call or more for each receipt; default never. */
  readonly vendors?: 'now' | 'at-end';
}

/**
 * The record, as the deployment itself answers, with what became of the deliveries that it handed over. Without a
 * worker, a closed deployment's result stands in for the record.
 */
export async function readRecord(
  session: Session,
  deploymentId: string,
  options: LookOptions,
): Promise<DeploymentRecord> {
  return (await lookAt(session, deploymentId, options)).record;
}

/** The record, and with `thorough` also what Temporal says of the work that is pending: no call more. */
export async function lookAt(
  session: Session,
  deploymentId: string,
  options: LookOptions,
): Promise<Look> {
  const look = await ownLook(session, deploymentId, options);
  const record = await withHandedOver(session, deploymentId, look.record);
  const { vendors } = options;
  const asks = vendors === 'now' || (vendors === 'at-end' && record.outcome !== undefined);
  return asks ? { ...look, record: await withWordOfVendors(session, record) } : { ...look, record };
}

/** For those who look twice a second: vendors are asked after of the record that is the last. */
export function liveLooks(session: Session, deploymentId: string) {
  return (thorough: boolean): Promise<Look> =>
    lookAt(session, deploymentId, { thorough, vendors: 'at-end' });
}

async function ownLook(
  session: Session,
  deploymentId: string,
  options: LookOptions,
): Promise<Look> {
  const record = await queryRecord(session, deploymentId).catch(async (error: unknown) => {
    const result = isNoWorker(error) ? await closedResult(session, deploymentId) : undefined;
    if (result === undefined) throw error;
    return result;
  });
  if (record.outcome !== undefined) return { record, troubles: [] };
  if (!options.thorough) return { record };
  const { status, closeTime, raw } = await describe(session, deploymentId);
  if (status.name === 'RUNNING') {
    return { record, troubles: troublesOf(raw.pendingActivities, Date.now()) };
  }
  // Seen open by the query and closed now: the next look has the outcome, unless someone else ended it.
  if (status.name === 'COMPLETED') return { record, troubles: [] };
  const closed = { status: status.name, closedAt: closeTime };
  return { record: withEndFromOutside(record, closed), troubles: [] };
}

async function queryRecord(session: Session, deploymentId: string): Promise<DeploymentRecord> {
  const handle = session.client.workflow.getHandle(deploymentWorkflowId(deploymentId));
  try {
    return await bounded(
      session,
      { what: `the record of ${deploymentId}`, timeoutMs: QUERY_TIMEOUT_MS },
      () => handle.query(MESSAGES.record),
    );
  } catch (error) {
    if (error instanceof NotFound) throw unknownDeployment(deploymentId);
    throw error;
  }
}

function unknownDeployment(deploymentId: string): FairleadError {
  return refusedError(
    'unknown-deployment',
    `There is no deployment ${deploymentId}, or Temporal no longer keeps it. \`fairlead list\` shows what there is.`,
    { deploymentId },
  );
}

function describe(session: Session, deploymentId: string) {
  return bounded(
    session,
    { what: `the state of ${deploymentId}`, timeoutMs: QUERY_TIMEOUT_MS },
    () => session.client.workflow.getHandle(deploymentWorkflowId(deploymentId)).describe(),
  );
}

async function closedResult(
  session: Session,
  deploymentId: string,
): Promise<DeploymentRecord | undefined> {
  const description = await describe(session, deploymentId);
  if (description.status.name !== 'COMPLETED') return undefined;
  const handle = session.client.workflow.getHandle(deploymentWorkflowId(deploymentId));
  const result = (await bounded(
    session,
    { what: `the result of ${deploymentId}`, timeoutMs: QUERY_TIMEOUT_MS },
    () => handle.result(),
  )) as DeploymentResult;
  return recordOfResult(result, attributeReader(description.typedSearchAttributes));
}
