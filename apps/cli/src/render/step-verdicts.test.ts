import { expect, it } from '@jest/globals';
import type { DeploymentEvent, DeploymentRecord } from '@fairlead/contracts';
import { aRecord } from '@fairlead/client/internal/testing/fixtures';
import { stepVerdicts } from './step-verdicts.ts';

const COMPLETED: DeploymentEvent = {
  id: 'x/canary-completed',
  kind: 'canary-completed',
  at: '2026-11-25T04:36:00Z',
  message: 'every step passed',
};
const ERROR = { message: 'it crashes' };

it.each<[string, Partial<DeploymentRecord>, readonly string[]]>([
  ['goes on', {}, ['pass', 'on', 'not reached']],
  [
    'failed at its second step',
    { outcome: 'rolled-back', error: { type: 'CrashLoopBackOff', ...ERROR } },
    ['pass', 'fail', 'not reached'],
  ],
  ['was aborted', { outcome: 'rolled-back' }, ['pass', 'aborted', 'not reached']],
  ['passed all', { step: 3, outcome: 'succeeded', events: [COMPLETED] }, ['pass', 'pass', 'pass']],
  [
    'was promoted in full',
    { outcome: 'succeeded', events: [COMPLETED] },
    ['pass', 'pass', 'skipped'],
  ],
  [
    'failed after its steps',
    { step: 3, outcome: 'rolled-back', events: [COMPLETED] },
    ['pass', 'pass', 'pass'],
  ],
])('judges each step of a canary that %s', (_, changes, expected) => {
  expect(stepVerdicts(aRecord(changes))).toEqual(expected);
});
