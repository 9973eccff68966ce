import { describe, expect, it } from '@jest/globals';
import { createWaitClocks } from './wait-clock.ts';
import type { WaitRecord } from './wait-clock.ts';

function clocksAt(startMs: number, before: WaitRecord = {}) {
  let nowMs = startMs;
  const clocks = createWaitClocks({ limitMs: 1000, before, unheardMs: 80, now: () => nowMs });
  return {
    ...clocks,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('createWaitClocks', () => {
  it('counts while it runs, each wait for itself', () => {
    const { of, wait } = clocksAt(0);
    const [first, second] = [of('0.1'), of('1.1')];

    first.run();
    wait(300);
    second.run();
    first.stop();
    wait(200);

    expect([first.leftMs(), second.leftMs()]).toEqual([700, 800]);
  });

  it('goes on after an attempt that ended by itself, and counts no time between', () => {
    const first = clocksAt(0);
    first.of('0.1').run();
    first.wait(300);
    first.of('0.1').stop();

    const again = clocksAt(999_999, first.record());

    expect(again.of('0.1').leftMs()).toBe(700);
    expect(again.of('0.2').leftMs()).toBe(1000);
  });

  it.each([
    [30, 670],
    [999_999, 620],
  ])('counts at most one heartbeat timeout of %d ms after a worker that was killed', (ms, left) => {
    const first = clocksAt(0);
    first.of('0.1').run();
    first.wait(300);

    const again = clocksAt(300 + ms, first.record());

    expect(again.of('0.1').leftMs()).toBe(left);
  });

  it('ends though every attempt is killed before its second heartbeat', () => {
    let record: WaitRecord = {};
    let attempts = 0;
    for (let nowMs = 0; clocksAt(nowMs, record).of('0.1').leftMs() > 0; nowMs += 500) {
      const attempt = clocksAt(nowMs, record);
      attempt.of('0.1').run();
      record = attempt.record();
      attempts += 1;
    }

    expect(attempts).toBe(13);
  });
});
