import { describe, expect, it } from '@jest/globals';
import { fakeSession } from '../testing/fake-session.ts';
import type { FakeWorkflow } from '../testing/fake-session.ts';
import { aRecord } from '../testing/fixtures.ts';
import { answersApproval, stopDeployment } from './steering.ts';

const stop = { deploymentId: 'd-1', input: { actor: 'alice' } };

describe('an abort of what has not begun', () => {
  it('leaves nothing behind while no worker is there, and says to abort again', async () => {
    const withoutWorker = { 'target/staging/shop': {} };

    const stopped = stopDeployment(fakeSession(withoutWorker), stop);

    await expect(stopped).rejects.toMatchObject({
      exitCode: 6,
      details: { service: 'worker', signalled: false },
      message: expect.stringMatching(
        /d-1 has not begun, so no abort was left behind[^]*Abort it again when a worker is back/,
      ),
    });
  });

  it('takes it out of the queue where a worker is there', async () => {
    const ledger = {
      environment: 'staging',
      application: 'shop',
      queue: [{ deploymentId: 'd-1' }],
    };
    const target: FakeWorkflow = {
      queries: { ledger },
      updates: { withdraw: () => ({ withdrawn: true }) },
    };

    expect(await stopDeployment(fakeSession({ 'target/staging/shop': target }), stop)).toBe(
      'withdrawn',
    );
  });
});

describe('answersApproval', () => {
  const answer = { deploymentId: 'd-1', phase: 'canary', weight: 50 } as const;
  const session = fakeSession({ 'deployment/d-1': { queries: { record: aRecord() } } });

  it.each([
    ['an approval', 3, true],
    ['a pause', 2, false],
    ['no step', 0, false],
  ])('tells by the step, here %s', async (_, step, expected) => {
    expect(await answersApproval(session, { ...answer, step })).toBe(expected);
  });

  it('does not fail what is done already', async () => {
    expect(await answersApproval(fakeSession({}), { ...answer, step: 3 })).toBe(false);
  });
});
