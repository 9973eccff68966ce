import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startMockTwilio } from '@fairlead/testing/vendors';
import type { MockTwilio } from '@fairlead/testing/vendors';
import { createSmsClient } from './client.ts';

const SMS = { to: '+15551230199', body: 'hello' };

let vendor: MockTwilio;

beforeAll(async () => {
  vendor = await startMockTwilio();
});

afterAll(() => vendor.stop());

function client(apiUrl = vendor.url) {
  const { accountSid, authToken, fromNumber } = vendor;
  return createSmsClient({ accountSid, authToken, fromNumber, toNumbers: [SMS.to], apiUrl });
}

it('ends with the signal when Twilio hangs, and knows that it may have arrived', async () => {
  const giveUp = new AbortController();
  vendor.misbehave('hang');

  const call = client().post(SMS, giveUp.signal);
  while (vendor.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  giveUp.abort();
  await call.ended;

  expect(call.outcome()).toMatchObject({ state: 'unanswered' });
});

it('sends nothing when the signal comes while the library is still loaded', async () => {
  const before = vendor.received.length;
  const giveUp = new AbortController();

  const call = client().post(SMS, giveUp.signal);
  giveUp.abort();
  await call.ended;

  expect(call.outcome()).toMatchObject({ state: 'unsent' });
  expect(vendor.received).toHaveLength(before);
});

it('knows that a request was none when the library would not make it', async () => {
  const { authToken, fromNumber, url } = vendor;
  const options = { accountSid: 'SK1', authToken, fromNumber, toNumbers: [SMS.to], apiUrl: url };

  const call = createSmsClient(options).post(SMS, AbortSignal.timeout(30_000));

  expect(call.outcome()).toEqual({ state: 'unsent' });
  await call.ended;
  expect(call.outcome()).toEqual({ state: 'unmade' });
});
