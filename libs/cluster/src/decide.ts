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
export function decided<T, R>(waiting: Waiting<T, R>): Promise<R> {
  const { signal, deadline, now } = waiting;
  return new Promise<R>((resolve, reject) => {
    if (signal.aborted) {
      reject(asError(signal.reason));
      return;
    }
    let watching: Watching | undefined;
    let settled = false;
    let seen: { readonly value: T } | undefined;
    let blindWhy = 'no answer yet';
    let again: NodeJS.Timeout | undefined;
    const startedAtMs = now();

    function settle(act: () => void): void {
      if (settled) return;
      settled = true;
      clearTimeout(again);
      clearTimeout(atDeadline);
      signal.removeEventListener('abort', abort);
      watching?.close();
      act();
    }

    function abort(): void {
      settle(() => {
        reject(asError(signal.reason));
      });
    }

    function judgeNow(): void {
      clearTimeout(again);
      if (settled || seen === undefined) return;
      try {
        const decision = waiting.decide(seen.value, now());
        if ('done' in decision)
          settle(() => {
            resolve(decision.done);
          });
        else if ('behind' in decision) seen = undefined;
        else if (deadline !== undefined && now() >= deadline.atMs) {
          const answer = deadline.answer(seen.value);
          settle(() => {
            resolve(answer);
          });
        } else if (decision.againAtMs !== undefined) {
          again = timer(judgeNow, decision.againAtMs - now());
        }
      } catch (error) {
        settle(() => {
          reject(asError(error));
        });
      }
    }

    function onDeadline(): void {
      if (seen !== undefined) {
        judgeNow();
        return;
      }
      settle(() => {
        reject(
          new AdapterError('cluster-unreachable', `no fresh view of the cluster: ${blindWhy}`),
        );
      });
    }

    signal.addEventListener('abort', abort, { once: true });
    const atDeadline =
      deadline === undefined ? undefined : timer(onDeadlineOrLater, deadline.atMs - now());

    /** A wait that begins after its deadline (a repeat after a crash) still looks once. */
    function onDeadlineOrLater(): void {
      const graceMs = startedAtMs + SIGHT_TIMEOUT_MS - now();
      if (seen === undefined && graceMs > 0) setTimeout(onDeadline, graceMs).unref();
      else onDeadline();
    }

    watching = waiting.observe((sight) => {
      if (sight.fresh) {
        seen = { value: sight.value };
        judgeNow();
      } else {
        seen = undefined;
        blindWhy = sight.why;
      }
    });
    if (settled) watching.close();
  });
}

function timer(act: () => void, delayMs: number): NodeJS.Timeout {
  return setTimeout(act, Math.min(Math.max(delayMs, 0), MAX_TIMER_MS));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
