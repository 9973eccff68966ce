import { expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Destination } from '@fairlead/notifications';
import { fakeSession } from '@fairlead/client/internal/testing/fake-session';
import type { FakeWorkflow } from '@fairlead/client/internal/testing/fake-session';
import { awaitTest } from './await-test.ts';
import { testMessages } from './test-message.ts';

const AT = '2026-11-25T04:40:00.000Z';
const DELIVERED: Receipt = {
  ...{ destination: 'slack', key: 'test-1/deployment-started/slack', state: 'delivered' },
  ...{ attempts: 1, at: AT },
};

function aDestination(name: string, changes: Partial<Destination> = {}): Destination {
  return {
    ...{ name, channel: name, road: 'paced', kinds: NOTIFIED_KINDS },
    send: () => Promise.reject(new Error('the worker sends, not the command')),
    ...changes,
  };
}

/** Answers in turn; `late` is a result that is not there within the time. */
function resultOf(...turns: readonly (readonly Receipt[] | 'late')[]) {
  const left = [...turns];
  return () => {
    const turn = left.shift();
    if (turn === 'late') throw Object.assign(new Error('deadline exceeded'), { code: 4 });
    return turn;
  };
}

async function awaited(workflow: FakeWorkflow, served: readonly string[]) {
  const said: string[] = [];
  const input = testMessages({
    ...{ testId: 'test-1', environment: 'staging', actor: 'kim', at: new Date(AT) },
    destinations: [
      aDestination('slack'),
      aDestination('sms:0199', { queue: 'sms' }),
      aDestination('log', { road: 'keyed' }),
    ],
  });
  const session = fakeSession({ 'notify-test/test-1': workflow }, { served });
  const end = await awaitTest(session, input, { note: (text) => said.push(text) });
  return { ...end, said };
}

it('says nothing when all end soon', async () => {
  const log = { ...DELIVERED, destination: 'log', key: 'test-1/deployment-started/log' };

  const { receipts, said } = await awaited({ result: [log, DELIVERED] }, []);

  expect(receipts).toEqual([DELIVERED, log]);
  expect(said).toEqual([]);
});

it('says what it waits for', async () => {
  const { receipts, said } = await awaited({ result: resultOf('late', [DELIVERED]) }, []);

  expect(receipts).toEqual([DELIVERED]);
  expect(said).toEqual(['Waiting up to 55 s more for the receipts of slack, sms:0199, log.']);
});

it('says which queue nobody serves, while it waits and at the end', async () => {
  const unserved =
    'no worker serves its queue deliver-sms; restart the workers, with a configuration that has it: it waits for 24 h from its start';
  const again = 'not ended yet: it is tried for 24 h from its start';
  const workflow = { result: resultOf('late', 'late', 'late'), queries: { receipts: [DELIVERED] } };

  const { receipts, said, troubles } = await awaited(workflow, [
    'fairlead-control',
    'deliver-slack',
  ]);

  expect(receipts).toMatchObject([
    DELIVERED,
    { destination: 'sms:0199', state: 'pending', at: AT, detail: unserved },
    { destination: 'log', state: 'pending', at: AT, detail: again },
  ]);
  expect(said.slice(1)).toEqual([
    `Still waiting for sms:0199: ${unserved}.`,
    `Still waiting for log: ${again}.`,
  ]);
  expect(troubles).toEqual([]);
});

it('says which queue nobody serves of what waits in a digest', async () => {
  const late = {
    ...{ ...DELIVERED, state: 'pending', attempts: 0 },
    detail: 'too many at once: it is told in a digest, see digest/slack',
  } as const;

  const { receipts } = await awaited({ result: [late] }, ['fairlead-control', 'deliver-sms']);
  const served = await awaited({ result: [late] }, ['fairlead-control', 'deliver-slack']);

  expect(receipts).toMatchObject([
    {
      state: 'pending',
      detail: expect.stringMatching(/^no worker serves its queue deliver-slack;/),
    },
    ...[{ destination: 'sms:0199' }, { destination: 'log' }],
  ]);
  expect(served.receipts).toMatchObject([late, {}, {}]);
});

it('says why one is tried again, while it waits and at the end, and nothing of it when all have ended', async () => {
  const message = 'slack answered 503';
  const workflow: FakeWorkflow = {
    ...{ result: resultOf('late', 'late', 'late'), queries: { receipts: [] } },
    pending: [{ activityType: { name: 'deliverOne' }, attempt: 4, lastFailure: { message } }],
  };

  const { said, troubles } = await awaited(workflow, ['fairlead-control', 'deliver-slack']);
  const ended = await awaited({ ...workflow, result: [DELIVERED] }, []);

  expect(said.at(-1)).toBe('! deliverOne is tried again (attempt 4): slack answered 503');
  expect(troubles).toEqual([{ activity: 'deliverOne', attempt: 4, message }]);
  expect(ended.troubles).toEqual([]);
});

it('gives up when no worker is there at all', async () => {
  await expect(awaited({ result: resultOf('late', 'late') }, [])).rejects.toMatchObject({
    message: expect.stringMatching(/^No worker answers: [^]*the queue fairlead-control: the test/),
    exitCode: 6,
  });
});
