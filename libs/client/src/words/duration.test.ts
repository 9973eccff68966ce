import { expect, it } from '@jest/globals';
import { duration } from './duration.ts';

it.each([
  [-1, '0s'],
  [0.4, '0s'],
  [59, '59s'],
  [59.6, '1m 00s'],
  [185, '3m 05s'],
  [3600, '1h 00m'],
  [90_000, '25h 00m'],
])('says %d seconds as %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});
