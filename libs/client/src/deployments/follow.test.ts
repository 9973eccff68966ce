import { describe, expect, it } from '@jest/globals';
import type { DeploymentRecord } from '@fairlead/contracts';
import { refusedError, unreachableError } from '../errors/fairlead-error.ts';
import { aRecord } from '../testing/fixtures.ts';
import { follow } from './follow.ts';

const running = aRecord();
const ended = aRecord({ outcome: 'succeeded' });
const away = () => unreachableError('Temporal is out of reach.');

/** A clock that moves on by a second whenever it is read. */
function tickingClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 1000);
}

function follower(
  answers: readonly (DeploymentRecord | Error)[],
  options: { readonly endAtMs?: number; readonly signal?: AbortSignal } = {},
) {
  const notes: string[] = [];
  const shown: DeploymentRecord[] = [];
  const thorough: boolean[] = [];
  const attempts: (number | undefined)[] = [];
  let next = 0;
  const followed = follow({
    deploymentId: ended.deploymentId,
    read: (look) => {
      thorough.push(look);
      const answer = answers[Math.min(next, answers.length - 1)]!;
      next += 1;
      if (answer instanceof Error) return Promise.reject(answer);
      const troubles = [{ activity: 'clusterApply', attempt: next, message: 'away' }];
      return Promise.resolve({ record: answer, ...(look ? { troubles } : {}) });
    },
    view: {
      show: (record, troubles) => {
        shown.push(record);
        attempts.push(troubles[0]?.attempt);
      },
      note: (text) => notes.push(text),
    },
    signal: new AbortController().signal,
    pollMs: 0,
    patienceMs: 10_000,
    clock: tickingClock(),
    ...options,
  });
  return { followed, notes, shown, thorough, attempts };
}

describe('follow', () => {
  it('shows every record and ends with the outcome', async () => {
    const { followed, shown } = follower([running, running, ended]);

    expect(await followed).toEqual({ end: 'outcome', record: ended });
    expect(shown).toHaveLength(3);
  });

  it('says an outage once, and that it is over', async () => {
    const { followed, notes } = follower([running, away(), away(), running, ended]);

    expect((await followed).end).toBe('outcome');
    expect(notes).toEqual([
      'Temporal is out of reach.\nThe deployment goes on; trying again.',
      'It answers again.',
    ]);
  });

  it('gives up an outage in time, and says how to follow on', async () => {
    const { followed } = follower([running, away()]);

    await expect(followed).rejects.toMatchObject({ exitCode: 6 });
    await expect(followed).rejects.toThrow('fairlead status 20261125-043312-x7k2qp --watch');
  });

  it('does not wait for what no waiting mends', async () => {
    const { followed } = follower([refusedError('unknown-deployment', 'none')]);

    await expect(followed).rejects.toMatchObject({ exitCode: 5 });
  });

  it('ends at the timeout with what was seen last', async () => {
    const { followed } = follower([running], { endAtMs: 3000 });

    expect(await followed).toEqual({ end: 'timeout', record: running });
  });

  it('ends when interrupted', async () => {
    const { followed } = follower([running], { signal: AbortSignal.abort() });

    expect(await followed).toEqual({ end: 'interrupted', record: running });
  });

  it('looks every tenth time whether the run was ended from outside', async () => {
    const { followed, thorough } = follower([...Array<DeploymentRecord>(10).fill(running), ended]);

    await followed;

    expect(thorough.flatMap((look, index) => (look ? [index] : []))).toEqual([9]);
  });

  it('keeps showing the trouble that the last thorough look saw', async () => {
    const { followed, attempts } = follower([...Array<DeploymentRecord>(11).fill(running), ended]);

    await followed;

    expect(attempts.slice(8)).toEqual([undefined, 10, 10, 10]);
  });
});
