import type { AdmissionRequest } from '@fairlead/client/internal/asking/admission-request';
import type { AdmissionAnswer } from '@fairlead/contracts';
import { askTarget } from '@fairlead/client/internal/asking/ask-target';
import type { FollowOptions } from '../commands/options.ts';
import { earlierRun } from '@fairlead/client/internal/asking/earlier-run';
import { follow } from '@fairlead/client/internal/deployments/follow';
import { listenForInterrupts } from '../following/interrupts.ts';
import type { Io } from '../io.ts';
import { leaveRun } from './leave-run.ts';
import { awaitTurn } from '@fairlead/client/internal/targets/queue';
import { outcomeResult, recordResult, unfinishedResult } from '../following/record-result.ts';
import type { Result } from '../result.ts';
import { liveLooks } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';
import type { TargetName } from '@fairlead/client/internal/targets/targets';
import { createView } from '../following/view.ts';

export interface RunRequest extends AdmissionRequest {
  readonly options: FollowOptions;
}

interface Following {
  readonly session: Session;
  readonly request: RunRequest;
  readonly io: Io;
  readonly signal: AbortSignal;
}

type Admitted = Exclude<AdmissionAnswer, { status: 'ended' }>;

/** Asks the target, then follows what it admitted to its end: the whole of `deploy` and `rollback`. */
export async function runRequest(session: Session, request: RunRequest, io: Io): Promise<Result> {
  const interrupts = listenForInterrupts();
  const { signal } = interrupts;
  try {
    const answer = await askTarget(session, request, signal);
    if (answer.status !== 'ended') return await goOn({ session, request, io, signal }, answer);
    const { deploymentId } = answer;
    const earlier = await earlierRun(session, { request, answer });
    if (earlier.end === 'record') return recordResult(earlier.record, io);
    if (earlier.end === 'outcome') return outcomeResult(deploymentId, earlier.outcome);
    return await goOn({ session, request, io, signal }, { status: 'started', deploymentId });
  } finally {
    interrupts.stop();
  }
}

async function goOn(following: Following, answer: Admitted): Promise<Result> {
  const { request, io } = following;
  io.err(`${admittedWords(answer, request.target)}\n`);
  if (request.options.detach === true) return detached(answer);
  return followAnswer(following, answer);
}

function admittedWords(answer: Admitted, { environment, application }: TargetName): string {
  const state = answer.status === 'queued' ? `queued at place ${answer.place}` : answer.status;
  return `Deployment ${answer.deploymentId} of ${environment}/${application}: ${state}.`;
}

function detached(answer: Admitted): Result {
  const { deploymentId } = answer;
  const { exitCode, text } = unfinishedResult({ deploymentId, record: undefined, why: 'detached' });
  return { exitCode, text, json: answer };
}

async function followAnswer(following: Following, answer: Admitted): Promise<Result> {
  const { session, request, io, signal } = following;
  const { deploymentId, status } = answer;
  const { target, actor, overHalt, options } = request;
  const endAtMs = performance.now() + (options.timeout ?? Infinity);
  const view = createView(io);
  const leaving = { session, request, io, view, deploymentId };
  try {
    if (status === 'queued') {
      const withdrawAs = overHalt ? undefined : actor;
      const waiting = { session, target, deploymentId, view, signal, endAtMs, withdrawAs };
      const turn = await awaitTurn(waiting);
      if (turn !== 'started') return await leaveRun(leaving, { end: turn });
    }
    const followed = await follow({
      deploymentId,
      read: liveLooks(session, deploymentId),
      view,
      signal,
      endAtMs,
    });
    if (followed.end === 'outcome') return recordResult(followed.record, io);
    return await leaveRun(leaving, followed);
  } finally {
    view.end();
  }
}
