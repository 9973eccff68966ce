import { performance } from 'node:perf_hooks';

/** One machine's own sense of time. It is never compared with another's. */
export interface ElectionClock {
  /** Milliseconds since some moment; never set back. */
  now(): number;
  /** Answers how to call it off. */
  after(ms: number, act: () => void): () => void;
}

export const MACHINE_CLOCK: ElectionClock = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
