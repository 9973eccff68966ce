import type { ActivityOptions } from '@temporalio/workflow';
import { ActivityCancellationType } from '@temporalio/workflow';

/** Reads of our own worker: quick, and nothing goes on without them. */
export const SETTINGS = { startToCloseTimeout: '10s' } as const satisfies ActivityOptions;

/**
 * Reads of the cluster before anything is written. Only here a missing worker is an error: `scheduleToStart` says
 * that nobody serves this cluster, before anything depends on it.
 */
export const OBSERVE = {
  startToCloseTimeout: '60s',
  // A worker that is killed while it reads is noticed by this, as in `changing`.
  heartbeatTimeout: '8s',
  scheduleToStartTimeout: '2m',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '500ms', maximumInterval: '10s' },
} as const satisfies ActivityOptions;

/**
 * Writes to the cluster, with their waits. Repeats are harmless, so transport faults are tried again for as long as
 * the run wants it: at most 10 s after the API server is back. The heartbeat is what a killed worker is noticed by,
 * and cancellation waits for the write that is on, so that the way back never races it.
 */
export function changing(waitMs: number): ActivityOptions {
  return {
    // The wait's own deadline ends it; this only bounds an activity that has lost its way.
    startToCloseTimeout: waitMs + 5 * 60_000,
    heartbeatTimeout: '8s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '500ms', maximumInterval: '5s' },
  };
}

/** The way back tries for an hour; then a person is told, because nobody may find out by themselves. */
export function undoing(waitMs: number): ActivityOptions {
  return { ...changing(waitMs), scheduleToCloseTimeout: waitMs + 60 * 60_000 };
}

/** Watches read only, so cancelling one waits for nothing. A pause may last as long as an approval does. */
export const WATCH = {
  startToCloseTimeout: '30d',
  heartbeatTimeout: '10s',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '500ms', maximumInterval: '5s' },
} as const satisfies ActivityOptions;

/** A look at one workload before it is mended; where nobody can look for five minutes, nothing is done. */
export const INSPECT = {
  ...OBSERVE,
  scheduleToCloseTimeout: '5m',
} as const satisfies ActivityOptions;

/** The same, where it only saves people a message: a deployment may wait for it. */
export const GLANCE = {
  ...OBSERVE,
  scheduleToCloseTimeout: '30s',
} as const satisfies ActivityOptions;

/** A question to a workflow of our own; where it is not answered in time, nothing is touched. A deployment may wait for it. */
export const TURN = {
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '1m',
  retry: { initialInterval: '500ms', maximumInterval: '10s' },
} as const satisfies ActivityOptions;

/** One write, with a repeat that finds it done. It is never cut off by what comes after it. */
export const MEND = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '8s',
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '500ms', maximumInterval: '5s' },
} as const satisfies ActivityOptions;

/**
 * Completed from outside; the process beats every 5 s. Two attempts of 20 s: the first silence may be the server's own,
 * which counts its absence too, so a second one is what tells; both together are within the minute that is promised.
 */
export const BEATING = {
  startToCloseTimeout: '30d',
  heartbeatTimeout: '20s',
  retry: { maximumAttempts: 2, initialInterval: '1s' },
} as const satisfies ActivityOptions;

/** Comparing at the end is a courtesy: a cluster that does not answer leaves the comparison out. */
export const COMPARE = {
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '30s',
} as const satisfies ActivityOptions;

/** One attempt is at most 10 s inside the activity; a killed worker is noticed by the timeout. */
export const DELIVER_BATCH = {
  startToCloseTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
} as const satisfies ActivityOptions;

/** One delivery, alone, until it is handed over: vendors' own waits come as the next retry's delay. */
export const DELIVER_ONE = {
  startToCloseTimeout: '20s',
  // What is on its way is not handed over; what waits for its turn, or for its next try, ends at once.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', maximumInterval: '1m' },
} as const satisfies ActivityOptions;

/**
 * A signal to a workflow of our own, on the queue that the run itself lives by: tried until that takes it, for what is
 * given up here is told by nobody.
 */
export const TELL_WORKFLOW = {
  startToCloseTimeout: '15s',
  retry: { initialInterval: '500ms', maximumInterval: '10s' },
} as const satisfies ActivityOptions;

/** A question that can be asked again later: a few tries, and then that one is left out. */
export const CONFIRM = {
  startToCloseTimeout: '20s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
} as const satisfies ActivityOptions;

/** After this a delivery is given up (architecture.md, `redelivery`). */
export const REDELIVERY_LIMIT_MS = 24 * 60 * 60_000;

/** One call to a monitoring system, which replaces what is there: repeats are harmless, for as long as it takes. */
export const PUBLISH_STATE = {
  startToCloseTimeout: '20s',
  // A call that is still on when the next one begins may come after it, and leave the older state there.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', maximumInterval: '1m' },
} as const satisfies ActivityOptions;

/** A person waits for it. Each try looks first at what is there, so that one that broke in the middle goes on. */
export const PROVISION = {
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '5m',
  heartbeatTimeout: '20s',
  // A person waits: what does not answer for some seconds is away.
  retry: { initialInterval: '1s', maximumInterval: '10s', maximumAttempts: 4 },
} as const satisfies ActivityOptions;

/** A person waits; who is not there is not waited for. */
export const CHECK = {
  startToCloseTimeout: '15s',
  scheduleToStartTimeout: '5s',
  retry: { maximumAttempts: 1 },
} as const satisfies ActivityOptions;
