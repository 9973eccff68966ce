import type { DeploymentRecord } from '@fairlead/contracts';
import { duration } from '@fairlead/client/internal/words/duration';

/** What only a person can answer: nothing goes on before. */
export function personQuestion(record: DeploymentRecord): string | undefined {
  const { deploymentId, phase, outcome } = record;
  if (outcome !== undefined) return undefined;
  if (phase === 'awaiting-approval') {
    return `waiting for \`fairlead promote ${deploymentId}\` or \`fairlead abort ${deploymentId}\``;
  }
  return phase === 'paused'
    ? `paused; \`fairlead resume ${deploymentId}\` lets it go on`
    : undefined;
}

/** What the run waits for, in a person's words; nothing when it is at work. */
export function openQuestion(record: DeploymentRecord, nowMs: number): string | undefined {
  const { deploymentId, phase, waitingUntil } = record;
  const asked = personQuestion(record);
  if (asked !== undefined) return asked;
  if (record.outcome !== undefined || waitingUntil === undefined) return undefined;
  const left = duration((Date.parse(waitingUntil) - nowMs) / 1000);
  return phase === 'baking'
    ? `baking, ${left} left; \`fairlead abort ${deploymentId}\` still goes back`
    : `pause, ${left} left; \`fairlead promote ${deploymentId}\` ends it`;
}
