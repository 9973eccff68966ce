import type { DeploymentRecord, Outcome } from '@fairlead/contracts';
import { EXIT, exitOfOutcome } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { summary } from '../render/summary.ts';
import type { Result } from '../result.ts';

/** A deployment that has ended: the exit code is its outcome's. */
export function recordResult(record: DeploymentRecord, io: Io): Result {
  return {
    exitCode: record.outcome === undefined ? EXIT.goesOn : exitOfOutcome(record.outcome),
    text: summary(record, { nowMs: Date.now(), style: io.outStyle }),
    json: record,
  };
}

/** Of a deployment that Temporal no longer keeps, the outcome alone is known. */
export function outcomeResult(deploymentId: string, outcome: Outcome): Result {
  return {
    exitCode: exitOfOutcome(outcome),
    text: `Deployment ${deploymentId} has ended: ${outcome}.`,
    json: { status: 'ended', deploymentId, outcome },
  };
}

/** Left before its end. The document is the record as it was seen last. */
export function unfinishedResult(options: {
  readonly deploymentId: string;
  readonly record: DeploymentRecord | undefined;
  readonly why: 'detached' | 'timeout';
}): Result {
  const { deploymentId, record, why } = options;
  const said = why === 'timeout' ? 'The time is over' : 'Detached';
  const text = [
    `${said}; deployment ${deploymentId} goes on${record === undefined ? '' : ` (phase ${record.phase})`}.`,
    `  follow it:  fairlead status ${deploymentId} --watch`,
    `  stop it:    fairlead abort ${deploymentId}`,
  ].join('\n');
  return { exitCode: EXIT.goesOn, text, json: record ?? { deploymentId } };
}
