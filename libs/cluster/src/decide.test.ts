import { describe, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { decided } from './decide.ts';
import type { Waiting } from './decide.ts';
import type { Listener } from './port.ts';

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
    const deadline = { atMs: startedAtMs + 5, answer: (last: number) => `late at ${last}` };
    const answer = waitForTwo(watch, { now: () => startedAtMs, deadline });

    watch.sees(1);

    await expect(answer).resolves.toBe('late at 1');
  });

  it('looks once when it begins after its deadline', async () => {
    const watch = watched();
    const deadline = { atMs: Date.now() - 1000, answer: (last: number) => `late at ${last}` };
    const [good, late] = [waitForTwo(watch, { deadline }), watched()];
    watch.sees(2);
    const answer = waitForTwo(late, { deadline });
    late.sees(1);

    await expect(good).resolves.toBe('two');
    await expect(answer).resolves.toBe('late at 1');
  });

  it('decides nothing at the deadline when sight is lost: the cluster is out of reach', async () => {
    const watch = watched();
    // The clock is far past both the deadline and one call's timeout after the start.
    const clock = [0, 0];
    const deadline = { atMs: 20_000, answer: () => 'never' };
    const answer = waitForTwo(watch, { now: () => clock.shift() ?? 20_000, deadline });

    watch.sees(1);
    watch.isBlind();

    await expect(answer).rejects.toThrow(
      new AdapterError('cluster-unreachable', 'no fresh view of the cluster: connection refused'),
    );
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
