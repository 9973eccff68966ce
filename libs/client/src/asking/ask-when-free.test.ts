import { expect, it } from '@jest/globals';
import type { AdmissionAnswer, DeploymentRecord } from '@fairlead/contracts';
import { Rejection } from '../connection/failures.ts';
import { fakeSession } from '../testing/fake-session.ts';
import { aRecord } from '../testing/fixtures.ts';
import { askWhenFree } from './ask-when-free.ts';

const STARTED: AdmissionAnswer = { status: 'started', deploymentId: 'd-2' };
const { signal } = new AbortController();

function busyWith(deploymentId: string): Rejection {
  return new Rejection({
    kind: 'rejected',
    type: 'busy',
    message: `deployment ${deploymentId} is running`,
    detail: { deploymentId, actor: 'ann', startedAt: '2026-11-25T04:33:12.000Z' },
  });
}

function sessionOf(record: Partial<DeploymentRecord>) {
  return fakeSession({ 'deployment/d-1': { queries: { record: aRecord(record) } } });
}

/** Refuses so often, then admits. */
function refusing(times: number, refusal: Rejection) {
  const request = {
    asked: 0,
    ask: (): Promise<AdmissionAnswer> => {
      request.asked += 1;
      return request.asked <= times ? Promise.reject(refusal) : Promise.resolve(STARTED);
    },
  };
  return request;
}

it('waits for a run that has its outcome and only ends its messages', async () => {
  const request = refusing(2, busyWith('d-1'));
  const session = sessionOf({ outcome: 'succeeded' });

  const answer = await askWhenFree(session, request, signal, { everyMs: 0, patienceMs: 60_000 });

  expect(answer).toEqual(STARTED);
  expect(request.asked).toBe(3);
});

it('is refused at once by a run that goes on', async () => {
  const request = refusing(1, busyWith('d-1'));

  const asked = askWhenFree(sessionOf({}), request, signal);

  await expect(asked).rejects.toBeInstanceOf(Rejection);
  expect(request.asked).toBe(1);
});

it('is refused at once by a run that is about to start', async () => {
  const request = refusing(1, busyWith('d-9'));

  const asked = askWhenFree(sessionOf({ outcome: 'succeeded' }), request, signal);

  await expect(asked).rejects.toBeInstanceOf(Rejection);
  expect(request.asked).toBe(1);
});

it('is refused by a halt at once', async () => {
  const halted = new Rejection({ kind: 'rejected', type: 'halted', message: '', detail: {} });
  const request = refusing(1, halted);

  const asked = askWhenFree(sessionOf({ outcome: 'failed' }), request, signal);

  await expect(asked).rejects.toBe(halted);
  expect(request.asked).toBe(1);
});

it('gives up on an ended run that keeps its target', async () => {
  const request = refusing(Infinity, busyWith('d-1'));
  const session = sessionOf({ outcome: 'succeeded' });

  const asked = askWhenFree(session, request, signal, { everyMs: 0, patienceMs: 0 });

  await expect(asked).rejects.toBeInstanceOf(Rejection);
});
