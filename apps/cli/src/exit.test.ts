import { expect, it } from '@jest/globals';
import { exitOfOutcome } from './exit.ts';

it.each([
  ['succeeded', 0],
  ['rolled-back', 3],
  ['failed', 4],
  ['refused', 5],
] as const)('exits for %s with %d', (outcome, code) => {
  expect(exitOfOutcome(outcome)).toBe(code);
});
