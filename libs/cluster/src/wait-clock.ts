/** How much of its time a wait has had: what heartbeats carry from one attempt of an activity to the next. */
interface Spent {
  readonly spentMs: number;
  /** Epoch milliseconds of this note, while the wait has sight of the cluster. */
  readonly runningAtMs?: number;
}

/** Keyed by the place of the change: `<list>.<change>`. */
export type WaitRecord = Readonly<Record<string, Spent>>;

/** The time of one wait. It runs only with sight of the cluster: an outage of ours is nobody's failure. */
export interface WaitClock {
  run(): void;
  stop(): void;
  /** Until the deadline; not below 0. */
  leftMs(): number;
}

/** No time at all: what is seen first is what counts. */
export const LOOK_ONCE: WaitClock = {
  run: () => undefined,
  stop: () => undefined,
  leftMs: () => 0,
};

export interface WaitClocks {
  readonly of: (key: string) => WaitClock;
  readonly record: () => WaitRecord;
}

/**
 * Clocks of a request's waits, which go on where the attempt before has left them. Kept in heartbeats, and not as the
 * time of the last write that the cluster knows, because that one counts outages and says nothing of endpoints and of
 * pods that end. Nothing is written before a wait that has a record: its writes were made when it first began. A
 * worker that was killed had more of the time than its last heartbeat says: at most `unheardMs`, one heartbeat
 * timeout, is counted for that, so that a worker that is killed again and again does not wait for ever.
 */
export function createWaitClocks({
  limitMs,
  before,
  unheardMs,
  now,
}: {
  readonly limitMs: number;
  readonly before: WaitRecord;
  readonly unheardMs: number;
  readonly now: () => number;
}): WaitClocks {
  const spent = new Map(
    Object.entries(before).map(([key, { spentMs, runningAtMs }]) => {
      const unheard = runningAtMs === undefined ? 0 : Math.max(0, now() - runningAtMs);
      return [key, spentMs + Math.min(unheard, unheardMs)];
    }),
  );
  const runningSince = new Map<string, number>();

  function spentBy(key: string, atMs: number): number {
    const sinceMs = runningSince.get(key) ?? atMs;
    return (spent.get(key) ?? 0) + Math.max(0, atMs - sinceMs);
  }

  return {
    of: (key) => ({
      run() {
        if (!runningSince.has(key)) runningSince.set(key, now());
      },
      stop() {
        if (!runningSince.has(key)) return;
        spent.set(key, spentBy(key, now()));
        runningSince.delete(key);
      },
      leftMs: () => Math.max(0, limitMs - spentBy(key, now())),
    }),
    record() {
      const atMs = now();
      const keys = new Set([...spent.keys(), ...runningSince.keys()]);
      return Object.fromEntries(
        [...keys].map((key) => {
          const spentMs = spentBy(key, atMs);
          return [key, runningSince.has(key) ? { spentMs, runningAtMs: atMs } : { spentMs }];
        }),
      );
    },
  };
}
