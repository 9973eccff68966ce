import { CONTROL_QUEUE, WORKFLOW_TYPES, notifyTestWorkflowId } from '@fairlead/contracts';
import type { Receipt, RedeliveryInput } from '@fairlead/contracts';
import { QUERY_TIMEOUT_MS, UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { isNoWorker } from '../connection/failures.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Session } from '../connection/session.ts';
import { troublesOf } from '../connection/trouble.ts';
import type { Trouble } from '../connection/trouble.ts';

/** Goes the way of real deliveries, in a worker. */
export async function startTest(session: Session, input: RedeliveryInput): Promise<void> {
  const call = { what: 'the start of the test', timeoutMs: UPDATE_TIMEOUT_MS };
  await bounded(session, call, () =>
    session.client.workflow.start(WORKFLOW_TYPES.redelivery, {
      ...{ workflowId: notifyTestWorkflowId(input.deploymentId), taskQueue: CONTROL_QUEUE },
      ...{ args: [input], staticSummary: `${input.open.length} test messages` },
    }),
  );
}

/** Every receipt; undefined when not all have ended within the time. */
export async function testEnd(
  session: Session,
  testId: string,
  timeoutMs: number,
): Promise<readonly Receipt[] | undefined> {
  const handle = session.client.workflow.getHandle(notifyTestWorkflowId(testId));
  try {
    const call = { what: 'the end of the test', timeoutMs };
    return (await bounded(session, call, () => handle.result())) as readonly Receipt[];
  } catch (error) {
    // Nobody is there, or some are tried again: the receipts so far tell which.
    if (isNoWorker(error)) return undefined;
    throw error;
  }
}

/** Of what has ended so far. Fails where no worker is there to say it. */
export function testReceipts(session: Session, testId: string): Promise<readonly Receipt[]> {
  const workflowId = notifyTestWorkflowId(testId);
  const call = { what: `the receipts of ${workflowId}`, timeoutMs: QUERY_TIMEOUT_MS };
  return bounded(session, call, () =>
    session.client.workflow.getHandle(workflowId).query(MESSAGES.receipts),
  );
}

/** Why what has not ended is tried again. Needs no worker. */
export async function testTroubles(session: Session, testId: string): Promise<readonly Trouble[]> {
  const workflowId = notifyTestWorkflowId(testId);
  const call = { what: `the state of ${workflowId}`, timeoutMs: QUERY_TIMEOUT_MS };
  const { raw } = await bounded(session, call, () =>
    session.client.workflow.getHandle(workflowId).describe(),
  );
  return troublesOf(raw.pendingActivities, Date.now());
}
