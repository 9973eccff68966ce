import { expect, it } from '@jest/globals';
import type { Outcome } from '@fairlead/contracts';
import { exitOfOutcome } from './exit.ts';

it.each([
  ['succeeded', 0],
  ['rolled-back', 3],
  ['failed', 4],
  ['refused', 5],
] as const)('exits for %s with %d', (outcome, code) => {
  expect(exitOfOutcome(outcome)).toBe(code);
});

it('takes an outcome of a newer worker for no success', () => {
  expect(exitOfOutcome('parked' as Outcome)).toBe(4);
});
