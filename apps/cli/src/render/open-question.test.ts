import { expect, it } from '@jest/globals';
import { NOW_MS, aRecord } from '@fairlead/client/internal/testing/fixtures';
import { openQuestion } from './open-question.ts';

const in90s = new Date(NOW_MS + 90_000).toISOString();

it.each([
  ['at work', {}, undefined],
  ['paused by a person', { phase: 'paused' }, /resume/],
  ['waiting for an approval', { phase: 'awaiting-approval' }, /promote .* or .*abort/],
  ['in a timed pause', { waitingUntil: in90s }, /pause, 1m 30s left; .*promote/],
  ['baking', { phase: 'baking', waitingUntil: in90s }, /baking, 1m 30s left; .*abort/],
  ['ended', { phase: 'paused', outcome: 'failed' }, undefined],
] as const)('asks what fits when it is %s', (_, changes, expected) => {
  const question = openQuestion(aRecord(changes), NOW_MS);

  if (expected === undefined) expect(question).toBeUndefined();
  else expect(question).toMatch(expected);
});
