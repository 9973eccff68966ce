import { expect, it } from '@jest/globals';
import { PhaseClock } from './phase-clock.ts';

it('adds up each phase, and counts the one that is on until now', () => {
  const clock = new PhaseClock('planned', 0);

  clock.enter('canary', 2_000);
  clock.enter('paused', 5_000);
  clock.enter('canary', 9_000);

  expect(clock.seconds(10_500)).toEqual({ planned: 2, canary: 4.5, paused: 4 });
});

it('stands still once the run has ended', () => {
  const clock = new PhaseClock('planned', 0);

  clock.enter(undefined, 1_000);

  expect(clock.seconds(60_000)).toEqual({ planned: 1 });
});

it('takes nothing away when the clock is set back', () => {
  const clock = new PhaseClock('planned', 10_000);

  clock.enter('deploying', 4_000);

  expect(clock.seconds(5_000)).toEqual({ planned: 0, deploying: 1 });
});
