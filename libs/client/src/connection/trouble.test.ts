import { describe, expect, it } from '@jest/globals';
import { NOW_MS } from '../testing/fixtures.ts';
import { troublesOf } from './trouble.ts';
import type { PendingActivity } from './trouble.ts';

function pending(changes: Partial<PendingActivity> = {}): PendingActivity {
  return {
    activityType: { name: 'clusterSnapshot' },
    attempt: 4,
    state: 1,
    lastFailure: {
      message: 'the API does not answer',
      applicationFailureInfo: { type: 'cluster-unreachable' },
    },
    ...changes,
  };
}

describe('troublesOf', () => {
  it('names the activity, the attempt, and why the one before failed', () => {
    expect(troublesOf([pending()], NOW_MS)).toEqual([
      {
        activity: 'clusterSnapshot',
        attempt: 4,
        message: 'cluster-unreachable: the API does not answer',
      },
    ]);
  });

  it.each([
    ['nothing is pending', undefined],
    ['it is the first attempt', [pending({ attempt: 1 })]],
    ['nothing failed', [pending({ lastFailure: null })]],
    [
      'the present attempt has got past it',
      [pending({ state: 2, lastStartedTime: { seconds: NOW_MS / 1000 - 31 } })],
    ],
  ])('says nothing when %s', (_, activities) => {
    expect(troublesOf(activities, NOW_MS)).toEqual([]);
  });

  it('counts an attempt that has only begun', () => {
    const begun = pending({ state: 2, lastStartedTime: { seconds: NOW_MS / 1000 - 5 } });

    expect(troublesOf([begun], NOW_MS)).toHaveLength(1);
  });

  it('has one for each reason, most attempts first, and three at most', () => {
    const failing = (message: string, attempt: number) =>
      pending({ attempt, lastFailure: { message } });

    const troubles = troublesOf(
      [failing('a', 2), failing('b', 9), failing('a', 5), failing('c', 3), failing('d', 2)],
      NOW_MS,
    );

    expect(troubles.map(({ message, attempt }) => [message, attempt])).toEqual([
      ['b', 9],
      ['a', 5],
      ['c', 3],
    ]);
  });
});
