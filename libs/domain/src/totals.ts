import { DURATION_BUCKETS_SECONDS } from '@fairlead/contracts';
import type {
  DeploymentResult,
  OutcomeTotal,
  RollbackTotal,
  RunTotals,
  Totals,
} from '@fairlead/contracts';
import { addTimings } from './timings.ts';

export const NO_TOTALS: Totals = {
  deployments: {},
  rollbacks: { succeeded: { count: 0 }, failed: { count: 0 } },
};

/** Counts one ended deployment, apart by who has made it. What was refused never ran and is not counted. */
export function countDeployment(totals: Totals, result: DeploymentResult): Totals {
  const { source } = result;
  if (source === undefined) {
    return { ...totals, ...countRun(totals, result), ...timingsOf(totals, result) };
  }
  const before = totals.foreign?.[source] ?? NO_TOTALS;
  return { ...totals, foreign: { ...totals.foreign, [source]: countRun(before, result) } };
}

function countRun(totals: RunTotals, result: DeploymentResult): RunTotals {
  const byOutcome = totals.deployments[result.type] ?? {};
  const { outcome } = result;
  if (outcome === 'refused') return totals;
  const counted = addDuration(byOutcome[outcome], result);
  return {
    deployments: {
      ...totals.deployments,
      [result.type]: { ...byOutcome, [outcome]: counted },
    },
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
