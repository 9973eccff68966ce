import type { Receipt } from '@fairlead/contracts';
import { FairleadError } from '../errors/fairlead-error.ts';
import { QUERY_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { NotFound } from '../connection/failures.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Session } from '../connection/session.ts';

/** None where nothing was handed over, or nobody is there to say it: the record itself is known and must be shown. */
export async function receiptsOf(
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
    if (error instanceof NotFound || error instanceof FairleadError) return [];
    throw error;
  }
}
