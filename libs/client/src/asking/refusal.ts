import type { DeploymentRecord, Halt, RunningDeployment } from '@fairlead/contracts';
import { refusedError } from '../errors/fairlead-error.ts';
import type { FairleadError } from '../errors/fairlead-error.ts';
import { leftWords } from '../words/left.ts';
import { duration, secondsBetween } from '../words/duration.ts';
import { nextStep } from '../words/next-step.ts';
import { plain } from '../words/plain.ts';
import type { Rejection } from '../connection/failures.ts';
import { readRecord } from '../deployments/record.ts';
import type { Session } from '../connection/session.ts';
import type { TargetName } from '../targets/targets.ts';

/** What a person needs to know of a refusal: by whom, since when, in which phase, and what to do. */
export async function refusal(
  session: Session,
  refused: {
    readonly error: Rejection;
    readonly target: TargetName;
    /** Whether what was asked can wait for its turn; default true. */
    readonly queues?: boolean;
  },
): Promise<FairleadError> {
  const { type, message, detail } = refused.error.facts;
  const running = runningOf(refused.error);
  if (running !== undefined) {
    const record = await readRecord(session, running.deploymentId, { thorough: false }).catch(
      () => undefined,
    );
    const { target, queues = true } = refused;
    return busyError({ target, running, record, nowMs: Date.now(), queues });
  }
  if (type === 'halted' && isHalt(detail)) return haltedError(refused.target, detail);
  return refusedError(type, plain(message), detail === undefined ? {} : { detail });
}

/** The run that keeps the target, where that is why it was refused. */
export function runningOf({ facts: { type, detail } }: Rejection): RunningDeployment | undefined {
  return type === 'busy' && isRunning(detail) ? detail : undefined;
}

export function busyError(busy: {
  readonly target: TargetName;
  readonly running: RunningDeployment;
  readonly record: DeploymentRecord | undefined;
  readonly nowMs: number;
  readonly queues?: boolean;
}): FairleadError {
  const { target, running, record, nowMs, queues = true } = busy;
  const { deploymentId, actor, startedAt } = running;
  const phase = record?.outcome ?? record?.phase;
  const since = `since ${startedAt} (${duration(secondsBetween(startedAt, nowMs))})`;
  return refusedError(
    'busy',
    [
      `${target.environment}/${target.application} is busy: deployment ${deploymentId} by ${plain(actor)} ${since}${phase === undefined ? '' : `, phase ${phase}`}.`,
      queues
        ? `Wait for your turn with \`--on-busy queue\`, or stop it with \`fairlead abort ${deploymentId}\`.`
        : `Its own verdict decides: ask again when it has ended, or stop it with \`fairlead abort ${deploymentId}\`.`,
    ].join('\n'),
    { running: { ...running, ...(phase === undefined ? {} : { phase }) } },
  );
}

export function haltedError(target: TargetName, halt: Halt): FairleadError {
  return refusedError(
    'halted',
    [
      `${target.environment}/${target.application} is halted since ${halt.at} by deployment ${halt.deploymentId}: ${plain(halt.message)}`,
      ...leftWords(halt.left).map((line) => `  left in the cluster: ${line}`),
      `Next: ${nextStep({ ...target, failure: halt.failure })}.`,
    ].join('\n'),
    { halt },
  );
}

function isRunning(detail: unknown): detail is RunningDeployment {
  return hasStrings(detail, ['deploymentId', 'actor', 'startedAt']);
}

function isHalt(detail: unknown): detail is Halt {
  return hasStrings(detail, ['deploymentId', 'at', 'message']) && 'left' in detail;
}

/** Details come over the wire, from a worker that may be of another version. */
function hasStrings(value: unknown, names: readonly string[]): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string')
  );
}
