import { CancellationScope, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import { clusterQueue, CONTROL_QUEUE, remediationWorkflowId } from '@fairlead/contracts';
import type {
  Attempt,
  AttemptResult,
  MendRequest,
  RemediationActivities,
  RemediationInput,
  TurnActivities,
  TurnRequest,
  WorkloadHealth,
} from '@fairlead/contracts';
import { INSPECT, MEND, TURN, WATCH } from '../activity-options.ts';
import { reasonOf } from '../deployment/reason-of.ts';

/** Longest that a mended workload may take until it is healthy; verifying that it stays so comes on top. */
const HEAL_WITHIN_MS = 5 * 60_000;

/** Of reading, writing and a worker that is away. */
const MARGIN_MS = 10 * 60_000;

/** What is known of the attempt so far. */
interface Known {
  readonly before?: WorkloadHealth;
  readonly after?: WorkloadHealth;
  readonly detail: string;
}

/**
 * One attempt at one issue: looks, acts once, verifies. A deployment that wants the target cancels it: then a write
 * that is on is ended, and the rest is left.
 */
export async function remediation(input: RemediationInput): Promise<Attempt> {
  const { issue, action, number } = input;
  const ended = (result: AttemptResult, known: Known): Attempt => ({
    ...{ number, action, at: new Date().toISOString(), result },
    ...known,
  });
  const overtaken = (known: Known) =>
    ended('overtaken', { ...known, detail: `${known.detail}; a deployment took over` });
  const { namespace, workload, pod, podUid, policy } = issue;

  let known: Known = { detail: 'nothing was done' };
  let hasTurn = false;
  let hasActed = true;
  try {
    const inspection = await activities(input, INSPECT).clusterInspect({
      ...{ action, kind: issue.kind, namespace, workload, scale: policy.scale },
      ...(issue.source === 'watcher' && issue.attempts.some(hasWritten) ? { byMeasure: true } : {}),
      ...(pod === undefined ? {} : { pod }),
      ...(podUid === undefined ? {} : { podUid }),
    });
    const { before } = inspection;
    known = { ...known, ...(before === undefined ? {} : { before }) };
    if ('refused' in inspection) return ended('refused', { ...known, detail: inspection.refused });
    if ('healthy' in inspection) return ended('healthy', { ...known, detail: 'nothing is wrong' });

    const turn = await take(input);
    hasTurn = 'granted' in turn;
    if (isTakenOver()) {
      hasActed = false;
      return overtaken(known);
    }
    if ('refused' in turn) return ended('held-back', { ...known, detail: turn.refused });
    const { mend } = inspection;
    const at = new Date().toISOString();
    const done = await make(input, { namespace, mend, at });
    if ('refused' in done) {
      hasActed = false;
      return ended('refused', { ...known, detail: done.refused });
    }
    known = { ...known, detail: done.done };

    const { helped, detail, after } = await activities(input, WATCH).clusterVerify({
      ...{ namespace, workload, mend, at, forMs: policy.verifyForMs, withinMs: HEAL_WITHIN_MS },
    });
    return ended(helped ? 'helped' : 'not-helped', {
      ...known,
      detail: `${known.detail}; ${detail}`,
      after,
    });
  } catch (error) {
    if (isCancellation(error) || isTakenOver()) return overtaken(known);
    return ended('not-helped', { ...known, detail: `${known.detail}; ${reasonOf(error)}` });
  } finally {
    if (hasTurn) await giveBack(input, hasActed);
  }
}

function isTakenOver(): boolean {
  return CancellationScope.current().consideredCancelled;
}

function hasWritten({ result }: Attempt): boolean {
  return result === 'helped' || result === 'not-helped';
}

function turnOf({ environment, application, issue, number }: RemediationInput): TurnRequest {
  const { limits, verifyForMs } = issue.policy;
  return {
    environment,
    turn: remediationWorkflowId(environment, application, number),
    target: application,
    limits,
    forMs: HEAL_WITHIN_MS + verifyForMs + MARGIN_MS,
  };
}

/** What cannot be given back ends by itself. */
async function giveBack(input: RemediationInput, hasActed: boolean): Promise<void> {
  const { environment, turn } = turnOf(input);
  try {
    await CancellationScope.nonCancellable(() =>
      turns(input).endTurn({ environment, turn, ...(hasActed ? {} : { hasActed }) }),
    );
  } catch (error) {
    log.warn('the turn was not given back', { turn, why: reasonOf(error) });
  }
}

/** Not cut off: one that is granted when nobody listens any more would count for a quarter of an hour. */
function take(input: RemediationInput) {
  return CancellationScope.nonCancellable(() => turns(input).takeTurn(turnOf(input)));
}

/** Not cut off: what is half made would be nobody's. */
function make(input: RemediationInput, request: MendRequest) {
  return CancellationScope.nonCancellable(() => activities(input, MEND).clusterMend(request));
}

function turns({ issue }: RemediationInput): TurnActivities {
  return proxyActivities<TurnActivities>({
    ...TURN,
    taskQueue: CONTROL_QUEUE,
    summary: issue.key,
  });
}

function activities(
  { issue, action }: RemediationInput,
  options: ActivityOptions,
): RemediationActivities {
  return proxyActivities<RemediationActivities>({
    ...options,
    taskQueue: clusterQueue(issue.cluster),
    summary: `${action} for ${issue.key}`,
  });
}
