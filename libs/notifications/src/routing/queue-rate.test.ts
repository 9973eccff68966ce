import { expect, it } from '@jest/globals';
import { queueRate } from './queue-rate.ts';

it.each([
  { perMinute: 60, rate: 57 },
  { perMinute: 12, rate: 9 },
  { perMinute: 4, rate: 2 },
  { perMinute: 0, rate: 0 },
])('leaves room in $perMinute a minute for what the partitions let through at once', (row) => {
  expect(queueRate(row.perMinute / 60) * 60).toBeCloseTo(row.rate);
});
