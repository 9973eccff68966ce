import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { decided } from './decide.ts';
import type { Waiting } from './decide.ts';
import type { Listener } from './port.ts';
import { createWaitClocks } from './wait-clock.ts';

/** A watch whose sight the test decides; `closed` tells whether it was let go. */
function watched() {
  let tell: Listener<number> | undefined;
  const watch = {
    closed: false,
    sees(value: number) {
      tell?.({ fresh: true, value });
    },
    isBlind() {
      tell?.({ fresh: false, why: 'connection refused' });
    },
    observe(listener: Listener<number>) {
      tell = listener;
      return {
        close() {
          watch.closed = true;
        },
      };
    },
  };
  return watch;
}

function waitForTwo(
  watch: ReturnType<typeof watched>,
  over: Partial<Waiting<number, string>> = {},
): Promise<string> {
  return decided<number, string>({
    observe: (listener) => watch.observe(listener),
    decide: (value) => (value === 2 ? { done: 'two' } : { wait: true }),
    signal: new AbortController().signal,
    now: Date.now,
    ...over,
  });
}

function deadlineIn(limitMs: number, now: () => number = Date.now) {
  const clocks = createWaitClocks({ limitMs, before: {}, unheardMs: 0, now });
  return { clock: clocks.of('0.0'), answer: (last: number) => `late at ${last}` };
}

describe('decided', () => {
  it('ends at the first view that decides, and lets the watch go', async () => {
    const watch = watched();
    const answer = waitForTwo(watch);

    watch.sees(1);
    watch.sees(2);

    await expect(answer).resolves.toBe('two');
    expect(watch.closed).toBe(true);
  });

  it('answers for the deadline from fresh sight, though the clock lags behind the timer', async () => {
    const watch = watched();
    const startedAtMs = Date.now();
    const now = () => startedAtMs;
    const answer = waitForTwo(watch, { now, deadline: deadlineIn(5, now) });

    watch.sees(1);

    await expect(answer).resolves.toBe('late at 1');
  });

  it('looks once when it begins with no time left', async () => {
    const [watch, late] = [watched(), watched()];
    const good = waitForTwo(watch, { deadline: deadlineIn(0) });
    const answer = waitForTwo(late, { deadline: deadlineIn(0) });

    watch.sees(2);
    late.sees(1);

    await expect(good).resolves.toBe('two');
    await expect(answer).resolves.toBe('late at 1');
  });

  it('does not judge a view that is behind', async () => {
    const watch = watched();
    const answer = waitForTwo(watch, {
      decide: (value) => (value < 2 ? { behind: true } : { done: `judged ${value}` }),
    });

    watch.sees(1);
    watch.sees(3);

    await expect(answer).resolves.toBe('judged 3');
  });

  it('looks again when time alone may have changed the answer', async () => {
    const watch = watched();
    const startedAtMs = Date.now();
    const answer = waitForTwo(watch, {
      decide: (_value, nowMs) =>
        nowMs >= startedAtMs + 10 ? { done: 'in time' } : { wait: true, againAtMs: nowMs + 1 },
    });

    watch.sees(1);

    await expect(answer).resolves.toBe('in time');
  });

  it('is given up at once when it is cancelled', async () => {
    const watch = watched();
    const cancelling = new AbortController();
    const answer = waitForTwo(watch, { signal: cancelling.signal });

    cancelling.abort(new Error('cancelled'));

    await expect(answer).rejects.toThrow('cancelled');
    expect(watch.closed).toBe(true);
  });

  it('fails with what the decision throws', async () => {
    const watch = watched();
    const answer = waitForTwo(watch, {
      decide() {
        throw new Error('edited');
      },
    });

    watch.sees(1);

    await expect(answer).rejects.toThrow('edited');
  });
});

const turn = setImmediate;

/** What waits for a timer goes on before the next one. */
async function advance(ms: number): Promise<void> {
  jest.advanceTimersByTime(ms);
  await new Promise(turn);
}

describe('the deadline', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('counts from the first view, and only time with sight', async () => {
    const watch = watched();
    const answer = waitForTwo(watch, { deadline: deadlineIn(1000) });

    await advance(20_000);
    watch.sees(1);
    await advance(900);
    watch.isBlind();
    await advance(20_000);
    watch.sees(0);
    await advance(99);
    watch.sees(2);

    await expect(answer).resolves.toBe('two');
  });

  it('comes though sight was lost in between', async () => {
    const watch = watched();
    const answer = waitForTwo(watch, { deadline: deadlineIn(1000) });

    watch.sees(1);
    await advance(900);
    watch.isBlind();
    await advance(20_000);
    watch.sees(0);
    await advance(100);

    await expect(answer).resolves.toBe('late at 0');
  });

  it('does not count a watch that is behind', async () => {
    const watch = watched();
    const answer = waitForTwo(watch, {
      decide: (value) => (value < 2 ? { behind: true } : { done: `judged ${value}` }),
      deadline: deadlineIn(1000),
    });

    watch.sees(1);
    await advance(20_000);
    watch.sees(3);

    await expect(answer).resolves.toBe('judged 3');
  });

  it('is no verdict on a cluster that is out of reach: after a while the wait is given up', async () => {
    const watch = watched();
    const answer = waitForTwo(watch, { deadline: deadlineIn(1000) });
    const failed = expect(answer).rejects.toThrow(
      new AdapterError('cluster-unreachable', 'no fresh view of the cluster: connection refused'),
    );

    watch.sees(1);
    watch.isBlind();
    await advance(30_000);

    await failed;
    expect(watch.closed).toBe(true);
  });
});
