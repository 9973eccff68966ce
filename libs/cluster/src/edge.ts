import { AdapterError } from '@fairlead/contracts';
import type { FailureType } from '@fairlead/contracts';
import { toApplicationFailure } from '@fairlead/contracts/activity-failure';
import { CancelledFailure, Context } from '@temporalio/activity';

/** A killed worker's change is begun anew after one heartbeat timeout, so these come often. */
export const APPLY_HEARTBEAT_MS = 250;
/** A watch loses nothing by starting a few seconds late. */
export const WATCH_HEARTBEAT_MS = 2000;

export interface EdgeOptions {
  /** What the next attempt is to know; default nothing. */
  readonly details?: () => unknown;
  /** Failures of these types are part of the normal course; default none. */
  readonly benign?: readonly FailureType[];
}

/** Heartbeats while it works; what it throws is a failure that Temporal knows, and says no more than it should. */
export async function atEdge<T>(
  heartbeatMs: number,
  work: () => Promise<T>,
  { details = () => undefined, benign = [] }: EdgeOptions = {},
): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => {
    context.heartbeat(details());
  }, heartbeatMs);
  try {
    return await work();
  } catch (error) {
    context.heartbeat(details());
    if (context.cancellationSignal.aborted) throw context.cancellationSignal.reason;
    if (error instanceof CancelledFailure) throw error;
    const failure = error instanceof AdapterError ? error : defect(error);
    throw toApplicationFailure(failure, { benign: benign.includes(failure.type) });
  } finally {
    clearInterval(beat);
  }
}

/** The stack names the place; the message may quote anything, so only the error's name is told. */
function defect(error: unknown): AdapterError {
  const name = error instanceof Error ? error.name : typeof error;
  return new AdapterError('defect', `unexpected ${name} in a cluster activity`, { cause: error });
}
