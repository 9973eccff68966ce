import { describe, expect, it } from '@jest/globals';
import { aDelivery } from '../fixtures.ts';
import { endingOf } from './ending.ts';

type Parts = Parameters<typeof aDelivery>[0];

describe('endingOf', () => {
  it.each<[string, Parts, object]>([
    ['a success', { event: { kind: 'deployment-completed' } }, { outcome: 'succeeded' }],
    [
      'a rollback on the way',
      { event: { kind: 'rollback-completed' } },
      { outcome: 'rolled-back', rollback: 'succeeded' },
    ],
    [
      'a rollback that was asked for',
      { event: { kind: 'rollback-completed' }, facts: { kind: 'rollback' } },
      { outcome: 'succeeded', rollback: 'succeeded' },
    ],
    [
      'a rollback that failed as well',
      { event: { kind: 'deployment-failed', mark: 'rollback-failed' } },
      { outcome: 'failed', rollback: 'failed' },
    ],
    [
      'a failure without a way back',
      { event: { kind: 'deployment-failed' }, facts: { outcome: 'failed' } },
      { outcome: 'failed' },
    ],
    [
      'one that was lost on its way back',
      { event: { kind: 'deployment-failed' }, facts: { outcome: 'failed', phase: 'rolling-back' } },
      { outcome: 'failed', rollback: 'failed' },
    ],
    [
      'a failed rollback that was asked for',
      { event: { kind: 'deployment-failed' }, facts: { outcome: 'failed', kind: 'rollback' } },
      { outcome: 'failed', rollback: 'failed' },
    ],
  ])('knows %s', (_what, parts, ending) => {
    expect(endingOf(aDelivery(parts))).toEqual({ ...ending, durationSeconds: 245.678 });
  });

  it.each<[string, Parts]>([
    ['a start', { event: { kind: 'deployment-started' } }],
    ['a failure that is being rolled back', { event: { kind: 'deployment-failed' } }],
    ['a test', { event: { kind: 'deployment-completed', mark: 'test' } }],
  ])('sees no end in %s', (_what, parts) => {
    expect(endingOf(aDelivery(parts))).toBeUndefined();
  });

  it('never tells less than 0 s, although a clock was set back', () => {
    const ending = endingOf(
      aDelivery({
        event: { kind: 'deployment-completed' },
        facts: { startedAt: '2026-01-03T00:00:00Z' },
      }),
    );

    expect(ending?.durationSeconds).toBe(0);
  });
});
