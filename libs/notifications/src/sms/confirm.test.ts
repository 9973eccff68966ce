import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { startMockTwilio } from '@fairlead/testing/vendors';
import type { MockTwilio } from '@fairlead/testing/vendors';
import type { Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import { createSmsDestinations } from './sms.ts';

let vendor: MockTwilio;
let sms: Destination;
let receipt: Receipt;

beforeAll(async () => {
  vendor = await startMockTwilio();
  const { accountSid, authToken, fromNumber, url: apiUrl } = vendor;
  const account = { accountSid, authToken, fromNumber, apiUrl };
  sms = createSmsDestinations({ ...account, toNumbers: ['+15551230199'] })[0]!;
});

beforeEach(async () => {
  vendor.setStatus('queued');
  const delivery = aDelivery({ destination: sms.name });
  const answer = await sms.send(delivery, AbortSignal.timeout(30_000));
  const { key, destination } = delivery;
  receipt = { ...answer, key, destination, attempts: 1, at: '2026-01-02T03:04:05.000Z' };
});

afterAll(() => vendor.stop());

function ask(of = receipt) {
  return sms.confirm?.(of, AbortSignal.timeout(30_000));
}

describe('what became of an SMS', () => {
  it.each(['accepted', 'queued', 'sending', 'sent'])('is not known at %s', async (status) => {
    vendor.setStatus(status);

    expect(await ask()).toBeUndefined();
  });

  it.each(['delivered', 'read'])(
    '"delivered (only where the vendor says so: … an SMS status)": is that at %s',
    async (status) => {
      vendor.setStatus(status);

      expect(await ask()).toEqual({ state: 'delivered', detail: receipt.detail });
    },
  );

  it.each(['undelivered', 'failed', 'canceled'])('is that it is lost at %s', async (status) => {
    vendor.setStatus(status, 30_003);

    expect(await ask()).toEqual({
      state: 'dead',
      detail:
        `vendor-rejected: ${sms.name}: ${receipt.detail} is ${status}, ` +
        'code 30003, see https://www.twilio.com/docs/api/errors/30003',
    });
  });

  it('is found beside what else the receipt says', async () => {
    vendor.setStatus('delivered');

    const noted = { ...receipt, detail: `${receipt.detail}; the template came out blank` };

    expect(await ask(noted)).toMatchObject({ state: 'delivered' });
  });

  it('is not asked of a message that has no name at Twilio', async () => {
    const asked = vendor.received.length;

    expect(await ask({ ...receipt, detail: 'told in another way' })).toBeUndefined();
    expect(vendor.received).toHaveLength(asked);
  });

  it('can be asked again where Twilio is busy, and is refused for good where it knows no such message', async () => {
    vendor.misbehave({ status: 503 });
    await expect(ask()).rejects.toMatchObject({ type: 'vendor-unreachable' });

    const other = { ...receipt, detail: `SM${'f'.repeat(32)}` };
    await expect(ask(other)).rejects.toMatchObject({ type: 'vendor-rejected' });
  });
});
