import { expect, it } from '@jest/globals';
import { queueRate } from './queue-rate.ts';

it.each([
  { perMinute: 60, rate: 57 },
  { perMinute: 12, rate: 9 },
  { perMinute: 4, rate: 2 },
  { perMinute: 0, rate: 0 },
])(
  '"A paced queue\'s rate is the cap", "0 lifts it": $perMinute a minute, with room for what comes at once',
  (row) => {
    expect(queueRate(row.perMinute / 60) * 60).toBeCloseTo(row.rate);
  },
);
