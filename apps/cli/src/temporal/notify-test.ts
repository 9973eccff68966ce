import { CONTROL_QUEUE, WORKFLOW_TYPES, notifyTestWorkflowId } from '@fairlead/contracts';
import type { Receipt, RedeliveryInput } from '@fairlead/contracts';
import { QUERY_TIMEOUT_MS, UPDATE_TIMEOUT_MS, bounded } from './bounded.ts';
import { isNoWorker } from './failures.ts';
import { MESSAGES } from './messages.ts';
import type { Session } from './session.ts';

/** A vendor answers within 10 s; after a throttled or broken try there is time for more. */
const WAIT_MS = 60_000;

/** Goes the way of real deliveries, in a worker. Receipts of what ended within the time. */
export async function sendTest(
  session: Session,
  input: RedeliveryInput,
  waitMs: number = WAIT_MS,
): Promise<readonly Receipt[]> {
  const workflowId = notifyTestWorkflowId(input.deploymentId);
  const handle = await bounded(
    session,
    { what: 'the start of the test', timeoutMs: UPDATE_TIMEOUT_MS },
    () =>
      session.client.workflow.start(WORKFLOW_TYPES.redelivery, {
        ...{ workflowId, taskQueue: CONTROL_QUEUE, args: [input] },
        staticSummary: `${input.open.length} test messages`,
      }),
  );
  try {
    const call = { what: 'the end of the test', timeoutMs: waitMs };
    return (await bounded(session, call, () => handle.result())) as readonly Receipt[];
  } catch (error) {
    if (!isNoWorker(error)) throw error;
  }
  // Not ended in time: either nobody is there, which this says, or some are tried again.
  const call = { what: `the receipts of ${workflowId}`, timeoutMs: QUERY_TIMEOUT_MS };
  return bounded(session, call, () => handle.query(MESSAGES.receipts));
}
