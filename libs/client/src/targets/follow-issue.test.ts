import { describe, expect, it } from '@jest/globals';
import type { Attempt, IssueState, IssueView } from '@fairlead/contracts';
import { FairleadError, unreachableError } from '../errors/fairlead-error.ts';
import { followIssue } from './follow-issue.ts';

const AT = '2026-01-02T03:04:05.000Z';

function anIssue(state: IssueState, attempts: number): IssueView {
  return {
    ...{ key: 'pod_crash/api', kind: 'pod_crash', namespace: 'shop', cluster: 'default' },
    ...{ workload: 'api', source: 'person', actor: 'ann', state, openedAt: AT, reportedAt: AT },
    attempts: Array.from({ length: attempts }, (_, index): Attempt => ({
      ...{ number: index + 1, action: 'restart_pod', at: AT },
      ...{ result: 'not-helped', detail: '' },
    })),
  };
}

function follow(
  answers: readonly (IssueView | Error)[],
  over: Partial<Parameters<typeof followIssue>[0]> = {},
) {
  const told: number[] = [];
  const rest = [...answers];
  const followed = followIssue({
    first: anIssue('waiting', 0),
    read() {
      const answer = rest.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    tell: ({ number }) => told.push(number),
    signal: new AbortController().signal,
    pollMs: 1,
    ...over,
  });
  return { followed, told };
}

describe('following an issue', () => {
  it('tells of each attempt once, and ends when nothing more is tried', async () => {
    const { followed, told } = follow([
      anIssue('acting', 0),
      anIssue('waiting', 1),
      anIssue('waiting', 1),
      anIssue('given-up', 3),
    ]);

    expect(await followed).toMatchObject({ ended: true, issue: { state: 'given-up' } });
    expect(told).toEqual([1, 2, 3]);
  });

  it('outlasts a worker that is away for a while, and nothing else', async () => {
    const away = unreachableError('no worker answers');
    const { followed } = follow([away, away, anIssue('healed', 1)]);
    expect(await followed).toMatchObject({ ended: true });

    const broken = follow([new FairleadError('defect', 1, 'broken')]);
    await expect(broken.followed).rejects.toThrow('broken');
  });

  it('is left at once by who does not want to wait', async () => {
    const ended = new AbortController();
    ended.abort();

    const interrupted = follow([anIssue('acting', 0)], { signal: ended.signal });
    expect(await interrupted.followed).toMatchObject({ ended: false });

    const late = follow([anIssue('acting', 0)], { forMs: 0 });
    expect(await late.followed).toMatchObject({ ended: false, issue: { state: 'acting' } });
  });
});
