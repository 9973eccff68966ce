export interface Rate {
  readonly perSecond: number;
  /** At once, after a time of quiet. */
  readonly burst: number;
}

/** Says of each request whether it is within the rate; `now` in milliseconds that only grow. */
export function createTokenBucket({ perSecond, burst }: Rate, now = () => performance.now()) {
  let tokens = burst;
  let at = now();
  return function admits(): boolean {
    const nowMs = now();
    tokens = Math.min(burst, tokens + ((nowMs - at) / 1_000) * perSecond);
    at = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
