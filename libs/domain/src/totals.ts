import { DURATION_BUCKETS_SECONDS } from '@fairlead/contracts';
import type { DeploymentResult, OutcomeTotal, RollbackTotal, Totals } from '@fairlead/contracts';
import { addTimings } from './timings.ts';

export const NO_TOTALS: Totals = {
  deployments: {},
  rollbacks: { succeeded: { count: 0 }, failed: { count: 0 } },
};

/** Counts one ended deployment. What was refused never ran and is not counted. */
export function countDeployment(totals: Totals, result: DeploymentResult): Totals {
  if (result.outcome === 'refused') return totals;
  const byOutcome = totals.deployments[result.type] ?? {};
  const counted = addDuration(byOutcome[result.outcome], result);
  return {
    deployments: {
      ...totals.deployments,
      [result.type]: { ...byOutcome, [result.outcome]: counted },
    },
    ...timingsOf(totals, result),
    rollbacks:
      result.rollback === undefined
        ? totals.rollbacks
        : {
            ...totals.rollbacks,
            [result.rollback]: addRollback(totals.rollbacks[result.rollback], result.finishedAt),
          },
  };
}

/** A deployment that an earlier version ran tells nothing of them. */
function timingsOf(
  { timings: before }: Totals,
  { type, timings }: DeploymentResult,
): Pick<Totals, 'timings'> {
  if (timings === undefined) return before === undefined ? {} : { timings: before };
  return { timings: addTimings(before, type, timings) };
}

function addDuration(before: OutcomeTotal | undefined, result: DeploymentResult): OutcomeTotal {
  const { finishedAt } = result;
  // A clock that was set back must not lower the sum.
  const durationSeconds = Math.max(0, result.durationSeconds || 0);
  return {
    count: (before?.count ?? 0) + 1,
    durationSecondsSum: (before?.durationSecondsSum ?? 0) + durationSeconds,
    buckets: DURATION_BUCKETS_SECONDS.map(
      (bound, i) => (before?.buckets[i] ?? 0) + (durationSeconds <= bound ? 1 : 0),
    ),
    lastFinishedAt: finishedAt,
  };
}

function addRollback(before: RollbackTotal, finishedAt: string): RollbackTotal {
  return { count: before.count + 1, lastFinishedAt: finishedAt };
}
