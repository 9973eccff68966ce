import type { AdmissionAnswer } from '@fairlead/contracts';
import { askTarget } from './ask-target.ts';
import type { FollowOptions } from '../commands/options.ts';
import { earlierRun } from './earlier-run.ts';
import { follow } from '../following/follow.ts';
import { listenForInterrupts } from '../following/interrupts.ts';
import type { Io } from '../io.ts';
import { leaveRun } from './leave-run.ts';
import { awaitTurn } from './queue.ts';
import { recordResult, unfinishedResult } from '../following/record-result.ts';
import type { Result } from '../result.ts';
import { liveLooks } from '../temporal/record.ts';
import type { Session } from '../temporal/session.ts';
import type { TargetName } from '../temporal/targets.ts';
import { createView } from '../following/view.ts';

export interface RunRequest {
  readonly requestId: string;
  readonly target: TargetName;
  readonly actor: string;
  /** Whether it may run although the target is halted. */
  readonly overHalt: boolean;
  readonly options: FollowOptions;
  ask(signal: AbortSignal): Promise<AdmissionAnswer>;
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
    const earlier = await earlierRun(session, { request, answer }, io);
    if (earlier !== 'running') return earlier;
    const { deploymentId } = answer;
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
