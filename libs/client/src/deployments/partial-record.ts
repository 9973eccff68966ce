import { SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import type { DeploymentRecord, DeploymentResult } from '@fairlead/contracts';

/** What a result alone tells: no worker was there to answer with the record. */
export function recordOfResult(
  result: DeploymentResult,
  attribute: (name: string) => string | undefined,
): DeploymentRecord {
  const { deploymentId, outcome, type, startedAt, finishedAt, durationSeconds, left } = result;
  return {
    deploymentId,
    environment: attribute(SEARCH_ATTRIBUTES.environment) ?? 'unknown',
    application: attribute(SEARCH_ATTRIBUTES.application) ?? 'unknown',
    namespace: 'unknown',
    cluster: 'unknown',
    type,
    kind: 'deploy',
    phase: outcome === 'succeeded' ? 'baking' : 'rolling-back',
    outcome,
    step: 0,
    steps: [],
    weight: 0,
    components: (result.runs ?? []).map(({ name, image }) => ({ name, image, phase: 'done' })),
    actor: attribute(SEARCH_ATTRIBUTES.actor) ?? 'unknown',
    startedAt,
    finishedAt,
    durationSeconds,
    ...(result.error === undefined ? {} : { error: { type: outcome, message: result.error } }),
    warnings: ['No worker answers: this is the result alone, without timeline and receipts.'],
    left,
    drift: [],
    events: [],
    deliveries: [],
  };
}

/** The error type of a run that could not say its own end. */
export const ENDED_FROM_OUTSIDE = 'ended-from-outside';

/** Temporal ended the run without its knowledge (`terminate`), so the record's last word is ours. */
export function withEndFromOutside(
  record: DeploymentRecord,
  end: { readonly status: string; readonly closedAt: Date | undefined },
): DeploymentRecord {
  const target = `--environment ${record.environment} --application ${record.application}`;
  const finishedAt = end.closedAt?.toISOString();
  return {
    ...record,
    outcome: 'failed',
    ...(finishedAt === undefined
      ? {}
      : {
          finishedAt,
          durationSeconds: (Date.parse(finishedAt) - Date.parse(record.startedAt)) / 1000,
        }),
    error: {
      type: ENDED_FROM_OUTSIDE,
      message: `Temporal ended the run (${end.status.toLowerCase()}) in phase ${record.phase}, so nothing was put back; \`fairlead status ${target}\` shows what is left`,
    },
  };
}
