import type { DeploymentRecord } from '@fairlead/contracts';
import { duration } from './duration.ts';

/** What the run waits for, in a person's words; nothing when it is at work. */
export function openQuestion(record: DeploymentRecord, nowMs: number): string | undefined {
  const { deploymentId, phase, waitingUntil } = record;
  if (record.outcome !== undefined) return undefined;
  if (phase === 'awaiting-approval') {
    return `waiting for \`fairlead promote ${deploymentId}\` or \`fairlead abort ${deploymentId}\``;
  }
  if (phase === 'paused') return `paused; \`fairlead resume ${deploymentId}\` lets it go on`;
  if (waitingUntil === undefined) return undefined;
  const left = duration((Date.parse(waitingUntil) - nowMs) / 1000);
  return phase === 'baking'
    ? `baking, ${left} left; \`fairlead abort ${deploymentId}\` still goes back`
    : `pause, ${left} left; \`fairlead promote ${deploymentId}\` ends it`;
}
