import type { DeploymentRecord, Halt, RunningDeployment } from '@fairlead/contracts';
import { refusedError } from '../errors.ts';
import type { CliError } from '../errors.ts';
import { leftWords } from '../render/left.ts';
import { duration, secondsBetween } from '../render/duration.ts';
import { nextStep } from '../render/next-step.ts';
import { plain } from '../render/plain.ts';
import type { Rejection } from '../temporal/failures.ts';
import { readRecord } from '../temporal/record.ts';
import type { Session } from '../temporal/session.ts';
import type { TargetName } from '../temporal/targets.ts';

/** What a person needs to know of a refusal: by whom, since when, in which phase, and what to do. */
export async function refusal(
  session: Session,
  refused: { readonly error: Rejection; readonly target: TargetName },
): Promise<CliError> {
  const { type, message, detail } = refused.error.facts;
  const running = runningOf(refused.error);
  if (running !== undefined) {
    const record = await readRecord(session, running.deploymentId, { thorough: false }).catch(
      () => undefined,
    );
    return busyError({ target: refused.target, running, record, nowMs: Date.now() });
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
}): CliError {
  const { target, running, record, nowMs } = busy;
  const { deploymentId, actor, startedAt } = running;
  const phase = record?.outcome ?? record?.phase;
  const since = `since ${startedAt} (${duration(secondsBetween(startedAt, nowMs))})`;
  return refusedError(
    'busy',
    [
      `${target.environment}/${target.application} is busy: deployment ${deploymentId} by ${plain(actor)} ${since}${phase === undefined ? '' : `, phase ${phase}`}.`,
      `Wait for your turn with \`--on-busy queue\`, or stop it with \`fairlead abort ${deploymentId}\`.`,
    ].join('\n'),
    { running: { ...running, ...(phase === undefined ? {} : { phase }) } },
  );
}

export function haltedError(target: TargetName, halt: Halt): CliError {
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
