import { AdapterError } from '@fairlead/contracts';
import type { Listener, Watching } from './port.ts';

export type Decision<R> =
  | { readonly done: R }
  /** Not yet. `againAtMs`: time alone may change the answer at this moment (epoch milliseconds). */
  | { readonly wait: true; readonly againAtMs?: number }
  /** What is seen is older than a write that is already made: it counts as no sight at all. */
  | { readonly behind: true };

export interface Waiting<T, R> {
  readonly observe: (listener: Listener<T>) => Watching;
  readonly decide: (value: T, nowMs: number) => Decision<R>;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** With fresh sight and no decision at the deadline, this is the answer. */
  readonly deadline?: { readonly atMs: number; readonly answer: (last: T) => R };
}

/** Sight that does not come within one call's timeout after the deadline is an API server out of reach. */
const SIGHT_TIMEOUT_MS = 10_000;
/** setTimeout takes no more than 2^31-1 ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Watches until a decision can be made of fresh data. Never decides on stale data, also not at the deadline. */
export async function decided<T, R>(waiting: Waiting<T, R>): Promise<R> {
  const { signal, deadline, now } = waiting;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<R>();
  const latestSightAtMs = Math.max(deadline?.atMs ?? 0, now() + SIGHT_TIMEOUT_MS);
  let seen: { readonly value: T } | undefined;
  let blindWhy = 'no answer yet';
  let again: NodeJS.Timeout | undefined;
  let isDue = deadline !== undefined && now() >= deadline.atMs;

  function judge(): void {
    clearTimeout(again);
    if (seen === undefined) return;
    try {
      const decision = waiting.decide(seen.value, now());
      if ('done' in decision) {
        resolve(decision.done);
      } else if ('behind' in decision) {
        seen = undefined;
        blindWhy = 'the watch is behind';
      } else if (deadline !== undefined && isDue) {
        resolve(deadline.answer(seen.value));
      } else if (decision.againAtMs !== undefined) {
        again = timer(judge, decision.againAtMs - now());
      }
    } catch (error) {
      reject(asError(error));
    }
  }

  /** Timers and clocks differ by a millisecond: what the timer says holds. */
  function due(): void {
    isDue = true;
    judge();
  }

  function giveUpBlind(): void {
    if (seen !== undefined) return;
    reject(new AdapterError('cluster-unreachable', `no fresh view of the cluster: ${blindWhy}`));
  }

  function abort(): void {
    reject(asError(signal.reason));
  }

  signal.addEventListener('abort', abort, { once: true });
  // A wait that begins after its deadline (a repeat after a crash) still looks once.
  const ends =
    deadline === undefined
      ? []
      : [timer(due, deadline.atMs - now()), timer(giveUpBlind, latestSightAtMs - now())];
  const watching = waiting.observe((sight) => {
    seen = sight.fresh ? { value: sight.value } : undefined;
    if (!sight.fresh) blindWhy = sight.why;
    judge();
  });
  try {
    return await promise;
  } finally {
    watching.close();
    signal.removeEventListener('abort', abort);
    for (const end of [again, ...ends]) clearTimeout(end);
  }
}

function timer(act: () => void, delayMs: number): NodeJS.Timeout {
  return setTimeout(act, Math.min(Math.max(delayMs, 0), MAX_TIMER_MS));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
