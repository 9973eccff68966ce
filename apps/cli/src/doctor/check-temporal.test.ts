import { describe, expect, it } from '@jest/globals';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import { fakeSession } from '@fairlead/client/internal/testing/fake-session';
import { checkDeliveryQueues, checkServer, checkWorkers } from './check-temporal.ts';

describe('checkServer', () => {
  const facts = { version: '1.32.0', address: 'localhost:7233', namespace: 'shop', lacking: [] };

  it('tells which server answers, and where', () => {
    expect(checkServer(facts)).toEqual({
      name: 'temporal',
      state: 'ok',
      detail: '1.32.0 answers at localhost:7233, namespace shop',
    });
  });

  it('fails where no workflow can start, with the command that mends it', () => {
    expect(checkServer({ ...facts, lacking: ['FairleadOutcome'] })).toMatchObject({
      state: 'fail',
      detail: expect.stringMatching(/lacks search attributes: FairleadOutcome$/),
      mend: expect.stringMatching(/temporal operator search-attribute create --namespace shop/),
    });
  });
});

describe('checkWorkers', () => {
  const places = [{ cluster: 'eu', namespaces: ['shop'] }];

  it('is content where each queue is served', async () => {
    const session = fakeSession({}, { served: [CONTROL_QUEUE, 'cluster-eu'] });

    expect(await checkWorkers(session, places)).toMatchObject([
      { name: 'workers, role control', state: 'ok' },
      { name: 'workers, cluster eu', state: 'ok' },
    ]);
  });

  it('says what to start where one is not', async () => {
    expect(await checkWorkers(fakeSession({}), places)).toMatchObject([
      { state: 'fail', mend: 'start `fairlead-worker --role control`' },
      { state: 'fail', mend: 'start `fairlead-worker --role cluster --cluster eu`' },
    ]);
  });
});

it('a channel that nobody serves is served after a restart', async () => {
  const session = fakeSession({}, { served: ['deliver-slack'] });

  expect(await checkDeliveryQueues(session, ['deliver-slack', 'deliver-sms'])).toMatchObject([
    { name: 'workers, deliver-slack', state: 'ok' },
    { name: 'workers, deliver-sms', state: 'fail', mend: expect.stringMatching(/^restart/) },
  ]);
});
