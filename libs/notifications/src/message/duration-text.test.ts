import { expect, it } from '@jest/globals';
import { durationText } from './duration-text.ts';

it.each([
  [-5_000, '0 s'],
  [400, '0 s'],
  [59_600, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h 0 min 0 s'],
  [90_061_000, '25 h 1 min 1 s'],
])('says %d ms as %s', (durationMs, text) => {
  expect(durationText(durationMs)).toBe(text);
});
