import type { AdmissionAnswer } from '@fairlead/contracts';
import { askTarget } from './ask-target.ts';
import type { FollowOptions } from './commands/options.ts';
import { exitOfOutcome, EXIT } from './exit.ts';
import { follow } from './follow.ts';
import { listenForInterrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import { leaveRun } from './leave-run.ts';
import { awaitTurn } from './queue.ts';
import { recordResult, unfinishedResult } from './record-result.ts';
import type { Result } from './result.ts';
import { readRecord } from './temporal/record.ts';
import type { Session } from './temporal/session.ts';
import type { TargetName } from './temporal/targets.ts';
import { createView } from './view.ts';

export interface RunRequest {
  readonly requestId: string;
  readonly target: TargetName;
  readonly actor: string;
  readonly options: FollowOptions;
  ask(signal: AbortSignal): Promise<AdmissionAnswer>;
}

/** Asks the target, then follows what it admitted to its end: the whole of `deploy` and `rollback`. */
export async function runRequest(session: Session, request: RunRequest, io: Io): Promise<Result> {
  const interrupts = listenForInterrupts();
  const { signal } = interrupts;
  try {
    const answer = await askTarget(session, request, signal);
    if (answer.status === 'ended') return await alreadyEnded(session, answer, io);
    io.err(`${admittedWords(answer, request.target)}\n`);
    if (request.options.detach === true) return detached(answer);
    return await followAnswer({ session, request, io, signal }, answer);
  } finally {
    interrupts.stop();
  }
}

function admittedWords(answer: AdmissionAnswer, { environment, application }: TargetName): string {
  const state = answer.status === 'queued' ? `queued at place ${answer.place}` : answer.status;
  return `Deployment ${answer.deploymentId} of ${environment}/${application}: ${state}.`;
}

function detached(answer: AdmissionAnswer): Result {
  const { deploymentId } = answer;
  const { exitCode, text } = unfinishedResult({ deploymentId, record: undefined, why: 'detached' });
  return { exitCode, text, json: answer };
}

/** A repeated request: the record if Temporal still has it, else the ledger's word. */
async function alreadyEnded(
  session: Session,
  answer: Extract<AdmissionAnswer, { status: 'ended' }>,
  io: Io,
): Promise<Result> {
  const { deploymentId, outcome } = answer;
  const record = await readRecord(session, deploymentId, { thorough: true }).catch(() => undefined);
  if (record?.outcome !== undefined) return recordResult(record, io);
  return {
    exitCode: outcome === undefined ? EXIT.done : exitOfOutcome(outcome),
    text: `Deployment ${deploymentId} has ended: ${outcome ?? 'its outcome is no longer known'}.`,
    json: answer,
  };
}

interface Following {
  readonly session: Session;
  readonly request: RunRequest;
  readonly io: Io;
  readonly signal: AbortSignal;
}

async function followAnswer(following: Following, answer: AdmissionAnswer): Promise<Result> {
  const { session, request, io, signal } = following;
  const { deploymentId, status } = answer;
  const { target, options } = request;
  const endAtMs = performance.now() + (options.timeout ?? Infinity);
  const view = createView(io);
  const leaving = { session, request, io, view, deploymentId };
  try {
    if (status === 'queued') {
      const turn = await awaitTurn({ session, target, deploymentId, view, signal, endAtMs });
      if (turn !== 'started') return await leaveRun(leaving, { end: turn });
    }
    const followed = await follow({
      deploymentId,
      read: (thorough) => readRecord(session, deploymentId, { thorough }),
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
