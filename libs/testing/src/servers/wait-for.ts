import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  deadlineMs: number;
  /** What is awaited, for the error: "pod web-1 to be ready". A function tells the state at the end. */
  what: string | (() => string);
  /** Default 20: what is awaited here takes from tens of milliseconds to seconds. */
  pollMs?: number;
}

type Falsy = false | undefined | null | 0 | '';

/**
 * Polls until `condition` answers something truthy, and answers that.
 * A condition that throws ends the wait: it catches by itself what means "not yet".
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { deadlineMs, what, pollMs = 20 }: WaitOptions,
): Promise<Exclude<T, Falsy>> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const answer = await condition();
    if (isTruthy(answer)) return answer;
    if (performance.now() > endMs) {
      const awaited = typeof what === 'string' ? what : what();
      throw new Error(`waited ${deadlineMs} ms in vain for ${awaited}`);
    }
    await delay(pollMs);
  }
}

function isTruthy<T>(value: T): value is Exclude<T, Falsy> {
  return Boolean(value);
}
