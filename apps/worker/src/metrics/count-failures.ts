import type { ActivityInterceptors } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import type { FairleadMetrics } from '@fairlead/monitoring/prometheus';

/** Of an activity's context. */
interface Called {
  readonly info: { readonly activityType: string };
}

/** Counts every attempt that failed, by activity and type of failure. */
export function countFailures(metrics: FairleadMetrics): (context: Called) => ActivityInterceptors {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        try {
          return await next(input);
        } catch (error) {
          metrics.countActivityFailure({ activity: info.activityType, type: typeOf(error) });
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
