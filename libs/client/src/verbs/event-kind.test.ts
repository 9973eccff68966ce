import { expect, it } from '@jest/globals';
import { kindOf } from './event-kind.ts';

it.each([
  ['status', { phase: 'canary' }, 'deployment-started'],
  ['status', { phase: 'baking', outcome: 'succeeded' }, 'deployment-completed'],
  ['failure', { phase: 'canary' }, 'deployment-failed'],
  ['failure', { phase: 'rolling-back', outcome: 'rolled-back' }, 'deployment-failed'],
  ['rollback', { phase: 'rolling-back' }, 'rollback-initiated'],
  ['rollback', { phase: 'rolling-back', outcome: 'failed' }, 'rollback-initiated'],
  ['rollback', { phase: 'rolling-back', outcome: 'rolled-back' }, 'rollback-completed'],
  ['canary', { phase: 'deploying' }, 'canary-started'],
  ['canary', { phase: 'paused' }, 'canary-started'],
  ['canary', { phase: 'promoting' }, 'canary-completed'],
  ['canary', { phase: 'canary', outcome: 'failed' }, 'canary-completed'],
  ['promotion', { phase: 'baking', outcome: 'succeeded' }, 'canary-promoted'],
] as const)('tells %s of %j as %s', (type, record, kind) => {
  expect(kindOf(type, record)).toBe(kind);
});
