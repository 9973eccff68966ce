import type { ElectionClock } from './clock.ts';

/** Time that passes only when a test says so, and clocks that show it each in its own way. */
export interface VirtualTime {
  readonly now: () => number;
  /** Answers how to call it off. */
  at(ms: number, act: () => void): () => void;
  /** Lets everything happen up to `ms` from now; `looked` is called after each thing that happened. */
  pass(ms: number, looked?: () => void): Promise<void>;
  /** A clock that began at any number and goes `rate` times as fast. */
  clock(options?: { readonly offsetMs?: number; readonly rate?: number }): ElectionClock;
}

export function createVirtualTime(): VirtualTime {
  let nowMs = 0;
  let count = 0;
  const due = new Map<number, { readonly atMs: number; readonly act: () => void }>();

  function at(ms: number, act: () => void): () => void {
    count += 1;
    const id = count;
    due.set(id, { atMs: Math.max(ms, nowMs), act });
    return () => {
      due.delete(id);
    };
  }

  function next() {
    const [first] = [...due].sort(([a, one], [b, other]) => one.atMs - other.atMs || a - b);
    return first;
  }

  return {
    now: () => nowMs,
    at,
    async pass(ms, looked = () => undefined) {
      const endMs = nowMs + ms;
      await settled();
      for (let first = next(); first !== undefined && first[1].atMs <= endMs; first = next()) {
        const [id, { atMs, act }] = first;
        due.delete(id);
        nowMs = atMs;
        act();
        await settled();
        looked();
      }
      nowMs = endMs;
    },
    clock: ({ offsetMs = 0, rate = 1 } = {}) => ({
      now: () => offsetMs + nowMs * rate,
      after: (ms, act) => at(nowMs + ms / rate, act),
    }),
  };
}

/** Everything that waits for nothing but its turn has had it. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
