import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { startMockTwilio } from '@fairlead/testing/vendors';
import type { MockTwilio } from '@fairlead/testing/vendors';
import type { Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import { createSmsDestinations } from './sms.ts';

const ERROR = { type: 'defect', message: 'out of memory' } as const;
const BAD_CANARY = ['deployment-failed', 'rollback-initiated', 'rollback-completed'] as const;

let vendor: MockTwilio;
let sms: Destination;
let sent: number;

beforeAll(async () => {
  vendor = await startMockTwilio();
  const { accountSid, authToken, fromNumber, url: apiUrl } = vendor;
  const account = { accountSid, authToken, fromNumber, apiUrl };
  sms = createSmsDestinations({ ...account, toNumbers: ['+15551230199'] })[0]!;
});

beforeEach(() => {
  sent = vendor.messages.length;
});

afterAll(() => vendor.stop());

function send(parts: Parameters<typeof aDelivery>[0], more: object = {}) {
  const delivery = { ...aDelivery({ destination: sms.name, ...parts }), ...more };
  return sms.send(delivery, AbortSignal.timeout(30_000));
}

describe('"On a channel that interrupts (SMS, PagerDuty)"', () => {
  it('"a bad canary costs two SMS, not three"', async () => {
    const states: Receipt['state'][] = [];

    for (const kind of BAD_CANARY) {
      const { state } = await send({ event: { kind }, facts: { error: ERROR } });
      states.push(state);
    }

    expect(states).toEqual(['accepted', 'suppressed', 'accepted']);
    expect(vendor.messages.slice(sent).map(({ Body }) => Body.split('\n')[0])).toEqual([
      '[staging] Deployment Failed',
      '[staging] Rollback Completed',
    ]);
  });

  it('"`rollback-initiated` is covered by the `deployment-failed` of the same moment", "its receipt says so"', async () => {
    const covered = await send({ event: { kind: 'rollback-initiated' }, facts: { error: ERROR } });

    expect(covered).toEqual({
      state: 'suppressed',
      detail: 'covered: the deployment-failed of the same moment says that it rolls back',
    });
    expect(vendor.messages).toHaveLength(sent);
  });

  it('tells of a rollback that a person asked for: no failure covers it', async () => {
    const answer = await send({ event: { kind: 'rollback-initiated' } });

    expect(answer.state).toBe('accepted');
  });

  it('tells of it where nobody is told of the failure', async () => {
    const answer = await send(
      { event: { kind: 'rollback-initiated' }, facts: { error: ERROR } },
      { uncovered: true },
    );

    expect(answer.state).toBe('accepted');
  });

  it('covers no digest, whatever leads it', async () => {
    const counts = [{ environment: 'staging', kind: 'rollback-initiated', count: 2 }] as const;

    const answer = await send(
      { event: { kind: 'rollback-initiated' }, facts: { error: ERROR } },
      { digest: { count: 2, counts, first: [] } },
    );

    expect(answer.state).toBe('accepted');
    expect(vendor.messages.at(-1)?.Body).toContain('2 messages in one');
  });
});
