import { expect, it } from '@jest/globals';
import { queueRate } from './queue-rate.ts';

it.each([
  { perMinute: 60, partitions: 4, rate: 56 },
  { perMinute: 60, partitions: 1, rate: 59 },
  { perMinute: 12, partitions: 4, rate: 8 },
  { perMinute: 12, partitions: 1, rate: 11 },
  { perMinute: 4, partitions: 4, rate: 2 },
  { perMinute: 0, partitions: 1, rate: 0 },
])(
  '"A paced queue\'s rate is the cap", "0 lifts it": $perMinute a minute on $partitions, with room for what comes at once',
  ({ perMinute, partitions, rate }) => {
    expect(queueRate(perMinute / 60, partitions) * 60).toBeCloseTo(rate);
  },
);
