import { expect, it } from '@jest/globals';
import { rollbackOf } from './result.ts';

it.each([
  ['rollback', 'succeeded', 'baking', 'succeeded'],
  ['rollback', 'failed', 'promoting', 'failed'],
  ['deploy', 'rolled-back', 'rolling-back', 'succeeded'],
  ['deploy', 'failed', 'rolling-back', 'failed'],
  ['deploy', 'failed', 'deploying', undefined],
  ['deploy', 'succeeded', 'baking', undefined],
] as const)(
  '"`fairlead rollback` (ends `succeeded`" is "counted in the rollbacks": a %s that %s in %s is %s there',
  (kind, outcome, phase, counted) => {
    expect(rollbackOf({ kind, outcome, phase })).toBe(counted);
  },
);
