import { digestWorkflowId } from '@fairlead/contracts';
import type { Receipt } from '@fairlead/contracts';
import { FairleadError } from '../errors/fairlead-error.ts';
import { QUERY_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { receiptsOf } from './receipts-of.ts';
import type { Session } from '../connection/session.ts';

/** In a storm a digest has a run every 15 s at most: this is most of a day, after which a delivery is given up. */
const LISTED_LIMIT = 5_000;
/** A receipt is told of by the run that was open then, or by one soon after it where its queue had it first. */
const RUNS_OF_ONE = 10;
/** Each is a call to a worker, one after the other. */
const ASKED_LIMIT = 40;

interface Run {
  readonly runId: string;
  readonly startedMs: number;
  /** Infinite as long as it is open. */
  readonly closedMs: number;
}

/** A digest has a run for each time that it was needed, and each tells of other deployments too. */
export async function receiptsInDigests(
  session: Session,
  { destination, open }: { readonly destination: string; readonly open: readonly Receipt[] },
): Promise<readonly Receipt[]> {
  const workflowId = digestWorkflowId(destination);
  const found: Receipt[] = [];
  for (const { runId } of runsFor(open, await runsSince(session, workflowId, earliest(open)))) {
    const told = await receiptsOf(session, workflowId, runId);
    found.push(...told.filter(({ key }) => open.some((one) => one.key === key)));
    if (found.length >= open.length) break;
  }
  return found;
}

/** Oldest first. */
function runsFor(open: readonly Receipt[], runs: readonly Run[]): readonly Run[] {
  const sorted = runs.toSorted((one, other) => one.startedMs - other.startedMs);
  const wanted = new Set(
    open.flatMap(({ at }) =>
      sorted.filter(({ closedMs }) => closedMs >= Date.parse(at)).slice(0, RUNS_OF_ONE),
    ),
  );
  return sorted.filter((run) => wanted.has(run)).slice(0, ASKED_LIMIT);
}

function earliest(receipts: readonly Receipt[]): string {
  return receipts.map(({ at }) => at).reduce((one, other) => (one < other ? one : other));
}

/** Temporal lists the latest first, and sorts no other way on every store. None where nobody is there to say it. */
async function runsSince(
  session: Session,
  workflowId: string,
  since: string,
): Promise<readonly Run[]> {
  const query = `WorkflowId = '${workflowId}' AND (ExecutionStatus = 'Running' OR CloseTime >= '${since}')`;
  const call = { what: `the runs of ${workflowId}`, timeoutMs: QUERY_TIMEOUT_MS };
  try {
    return await bounded(session, call, async () => {
      const runs: Run[] = [];
      for await (const { runId, startTime, closeTime } of session.client.workflow.list({ query })) {
        const closedMs = closeTime?.getTime() ?? Infinity;
        runs.push({ runId, startedMs: startTime.getTime(), closedMs });
        if (runs.length >= LISTED_LIMIT) break;
      }
      return runs;
    });
  } catch (error) {
    if (error instanceof FairleadError) return [];
    throw error;
  }
}
