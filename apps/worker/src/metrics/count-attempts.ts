import type { ActivityInterceptors } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import type { FairleadMetrics } from '@fairlead/monitoring/prometheus';

/** Of an activity's context. */
interface Called {
  readonly info: { readonly activityType: string; readonly attempt: number };
}

/** Counts every attempt that is not the first, and every one that failed by its type of failure. */
export function countAttempts(metrics: FairleadMetrics): (context: Called) => ActivityInterceptors {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const activity = info.activityType;
        if (info.attempt > 1) metrics.countActivityRetry({ activity });
        try {
          return await next(input);
        } catch (error) {
          metrics.countActivityFailure({ activity, type: typeOf(error) });
          throw error;
        }
      },
    },
  });
}

function typeOf(error: unknown): string {
  if (error instanceof ApplicationFailure && typeof error.type === 'string') return error.type;
  return error instanceof Error ? error.name : 'unknown';
}
