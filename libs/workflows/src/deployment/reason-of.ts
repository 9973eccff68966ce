import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** The words of an activity's failure, for people. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? (error.cause ?? error) : error;
  if (cause instanceof ApplicationFailure) return cause.message;
  if (cause instanceof TimeoutFailure) return timeoutReason(cause);
  return cause instanceof Error ? cause.message : String(cause);
}

function timeoutReason({ timeoutType }: TimeoutFailure): string {
  return timeoutType === 'SCHEDULE_TO_START'
    ? 'no cluster worker took the work; start one for this cluster'
    : `no answer in time (${timeoutType})`;
}
