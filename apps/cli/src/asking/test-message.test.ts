import { expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Destination } from '@fairlead/notifications';
import { testMessages } from './test-message.ts';

function aDestination(changes: Partial<Destination>): Destination {
  return {
    ...{ name: 'slack', channel: 'slack', road: 'paced', kinds: NOTIFIED_KINDS },
    send: () => Promise.reject(new Error('the worker sends, not the command')),
    ...changes,
  };
}

function keysAndMarks(...destinations: readonly Destination[]) {
  const { open } = testMessages({
    ...{ testId: 'test-1', destinations, environment: 'staging', actor: 'kim' },
    at: new Date('2026-11-25T04:40:00Z'),
  });
  return open.map(({ delivery: { key, event, facts, destination }, ...manner }) => {
    expect(event).toMatchObject({ mark: 'test', message: expect.stringContaining('kim') });
    expect(facts).toMatchObject({ deploymentId: 'test-1', application: 'notify-test' });
    return { key, destination, ...manner };
  });
}

it('tells each destination once, in its own manner', () => {
  const shared = { channel: 'sms', queue: 'sms' };
  const confirm = () => Promise.resolve(undefined);
  const sms = aDestination({ name: 'sms:0199', ...shared, atMostOnce: true, confirm });

  expect(keysAndMarks(aDestination({ digestAfterMs: 1 }), sms)).toEqual([
    {
      ...{ key: 'test-1/deployment-started/slack', destination: 'slack', road: 'paced' },
      digestAfterMs: 1,
    },
    {
      ...{ key: 'test-1/deployment-started/sms:0199', destination: 'sms:0199', road: 'paced' },
      ...{ queue: 'sms', atMostOnce: true, saysLater: true },
    },
  ]);
});

it('takes a kind that the destination carries', () => {
  const found = keysAndMarks(aDestination({ kinds: ['canary-started', 'canary-completed'] }));

  expect(found.map(({ key }) => key)).toEqual(['test-1/canary-started/slack']);
});

it('closes what it opens', () => {
  const pager = aDestination({ name: 'pagerduty', closes: ['rollback-completed'] });

  expect(keysAndMarks(pager)).toMatchObject([
    { key: 'test-1/deployment-failed/pagerduty', oneByOne: true },
    { key: 'test-1/rollback-completed/pagerduty', oneByOne: true },
  ]);
});
