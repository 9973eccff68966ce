import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  deadlineMs: number;
  /** What is awaited, for the error: "pod web-1 to be ready". A function tells the state at the end. */
  what: string | (() => string);
  /** Between two polls. Default: 20 at first, and then a quarter more each time up to 250, so that a long wait costs little. */
  pollMs?: number;
}

const FIRST_POLL_MS = 20;
const LONGEST_POLL_MS = 250;
const GROWTH = 1.25;

type Falsy = false | undefined | null | 0 | '';

/**
 * Polls until `condition` answers something truthy, and answers that.
 * A condition that throws ends the wait: it catches by itself what means "not yet".
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { deadlineMs, what, pollMs }: WaitOptions,
): Promise<Exclude<T, Falsy>> {
  const endMs = performance.now() + deadlineMs;
  for (let nextMs = FIRST_POLL_MS; ; nextMs = Math.min(nextMs * GROWTH, LONGEST_POLL_MS)) {
    const answer = await condition();
    if (isTruthy(answer)) return answer;
    if (performance.now() > endMs) {
      const awaited = typeof what === 'string' ? what : what();
      throw new Error(`waited ${deadlineMs} ms in vain for ${awaited}`);
    }
    await delay(pollMs ?? nextMs);
  }
}

function isTruthy<T>(value: T): value is Exclude<T, Falsy> {
  return Boolean(value);
}
