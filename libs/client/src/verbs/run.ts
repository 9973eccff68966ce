import { REQUEST_ID } from '@fairlead/contracts';
import type { AdmissionAnswer, DeploymentRecord } from '@fairlead/contracts';
import type { AdmissionRequest } from '../asking/admission-request.ts';
import { askTarget } from '../asking/ask-target.ts';
import { earlierRun } from '../asking/earlier-run.ts';
import { createRequestId } from '../asking/request-id.ts';
import { follow } from '../deployments/follow.ts';
import type { Watcher } from '../deployments/follow.ts';
import { liveLooks } from '../deployments/record.ts';
import { EXIT } from '../errors/exit.ts';
import { FairleadError, refusedError, usageError } from '../errors/fairlead-error.ts';
import { awaitTurn } from '../targets/queue.ts';
import type { Context } from './context.ts';
import type { WaitOptions } from './options.ts';

/** How a deployment ended. */
export interface DeploymentEnd {
  /** Whether its outcome is `succeeded`. */
  readonly succeeded: boolean;
  readonly record: DeploymentRecord;
}

const SILENT: Watcher = { show: () => undefined, note: () => undefined };

/** Asks for admission: durable once it is answered. */
export function admit(
  { session }: Context,
  request: AdmissionRequest,
  { signal = new AbortController().signal }: WaitOptions,
): Promise<AdmissionAnswer> {
  return askTarget(session, request, signal);
}

/** Asks, waits for its turn, and follows it to its outcome. */
export async function runToEnd(
  context: Context,
  request: AdmissionRequest,
  { signal = new AbortController().signal }: WaitOptions,
): Promise<DeploymentEnd> {
  const { session } = context;
  const { target, actor, overHalt } = request;
  const answer = await admit(context, request, { signal });
  const { deploymentId } = answer;
  if (answer.status === 'ended') {
    const earlier = await earlierRun(session, { request, answer });
    if (earlier.end === 'record') return endOf(earlier.record);
    if (earlier.end === 'outcome') throw recordGone(deploymentId, earlier.outcome);
  }
  const following = { session, deploymentId, view: SILENT, signal };
  if (answer.status === 'queued') {
    const withdrawAs = overHalt ? undefined : actor;
    if ((await awaitTurn({ ...following, target, withdrawAs })) !== 'started') {
      throw left(deploymentId);
    }
  }
  const followed = await follow({ ...following, read: liveLooks(session, deploymentId) });
  if (followed.end !== 'outcome') throw left(deploymentId);
  return endOf(followed.record);
}

/** The caller's, or a new one. */
export function requestIdOf(given: string | undefined): string {
  if (given === undefined) return createRequestId(new Date());
  if (REQUEST_ID.test(given)) return given;
  throw usageError(
    `requestId "${given}" is no request ID: lower-case letters, digits and "-", at most 63 characters.`,
  );
}

function endOf(record: DeploymentRecord): DeploymentEnd {
  return { succeeded: record.outcome === 'succeeded', record };
}

function left(deploymentId: string): FairleadError {
  return new FairleadError(
    'interrupted',
    EXIT.goesOn,
    `No longer waited for: ${deploymentId} goes on.`,
    {
      details: { deploymentId },
    },
  );
}

function recordGone(deploymentId: string, outcome: string): FairleadError {
  return refusedError(
    'unknown-deployment',
    `Deployment ${deploymentId} has ended: ${outcome}. Temporal no longer keeps its record.`,
    { deploymentId, outcome },
  );
}
