import { AdapterError } from '@fairlead/contracts';
import type { Listener, Watching } from './port.ts';
import type { WaitClock } from './wait-clock.ts';

export type Decision<R> =
  | { readonly done: R }
  /** Not yet. `againAtMs`: time alone may change the answer at this moment (epoch milliseconds). */
  | { readonly wait: true; readonly againAtMs?: number }
  /** What is seen is older than a write that is already made: it counts as no sight at all. */
  | { readonly behind: true; readonly againAtMs?: number };

export interface Waiting<T, R> {
  readonly observe: (listener: Listener<T>) => Watching;
  readonly decide: (value: T, nowMs: number) => Decision<R>;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** With fresh sight and no decision when the clock has run down, this is the answer. */
  readonly deadline?: { readonly clock: WaitClock; readonly answer: (last: T) => R };
}

/**
 * A wait that is blind for this long is given up as `cluster-unreachable`, so that Temporal tells of it and begins it
 * anew. Watches connect again by themselves within a few seconds of an outage's end.
 */
const BLIND_MS = 30_000;
/** setTimeout takes no more than 2^31-1 ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Watches until a decision can be made of fresh data. Never decides on stale data, also not at the deadline. */
export async function decided<T, R>(waiting: Waiting<T, R>): Promise<R> {
  const { signal, deadline, now } = waiting;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<R>();
  let seen: { readonly value: T } | undefined;
  let hasSight = false;
  let isDue = false;
  let blindWhy = 'no answer yet';
  let again: NodeJS.Timeout | undefined;
  let ends: NodeJS.Timeout | undefined;

  function judge(): void {
    clearTimeout(again);
    if (seen === undefined) return;
    try {
      const decision = waiting.decide(seen.value, now());
      if ('done' in decision) {
        resolve(decision.done);
        return;
      }
      if ('behind' in decision) loseSight('the watch is behind');
      else gainSight();
      // A wait that begins with no time left (a repeat after a crash) still looks once.
      if (deadline !== undefined && hasSight && (isDue || deadline.clock.leftMs() === 0)) {
        resolve(deadline.answer(seen.value));
      } else if (decision.againAtMs !== undefined) {
        again = timer(judge, decision.againAtMs - now());
      }
    } catch (error) {
      reject(asError(error));
    }
  }

  function gainSight(): void {
    if (hasSight || deadline === undefined) return;
    hasSight = true;
    deadline.clock.run();
    clearTimeout(ends);
    ends = timer(due, deadline.clock.leftMs());
  }

  function loseSight(why: string): void {
    blindWhy = why;
    if (!hasSight || deadline === undefined) return;
    hasSight = false;
    deadline.clock.stop();
    clearTimeout(ends);
    ends = timer(giveUpBlind, BLIND_MS);
  }

  /** Timers and clocks differ by a millisecond: what the timer says holds. */
  function due(): void {
    isDue = true;
    judge();
  }

  function giveUpBlind(): void {
    reject(new AdapterError('cluster-unreachable', `no fresh view of the cluster: ${blindWhy}`));
  }

  function abort(): void {
    reject(asError(signal.reason));
  }

  signal.addEventListener('abort', abort, { once: true });
  if (deadline !== undefined) ends = timer(giveUpBlind, BLIND_MS);
  const watching = waiting.observe((sight) => {
    seen = sight.fresh ? { value: sight.value } : undefined;
    if (!sight.fresh) loseSight(sight.why);
    judge();
  });
  try {
    return await promise;
  } finally {
    watching.close();
    deadline?.clock.stop();
    signal.removeEventListener('abort', abort);
    clearTimeout(again);
    clearTimeout(ends);
  }
}

function timer(act: () => void, delayMs: number): NodeJS.Timeout {
  return setTimeout(act, Math.min(Math.max(delayMs, 0), MAX_TIMER_MS));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
