import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AdapterError, NOTIFIED_KINDS } from '@fairlead/contracts';
import { startMockTwilio } from '@fairlead/testing/vendors';
import type { MockTwilio, VendorReply } from '@fairlead/testing/vendors';
import { attempt } from '../delivery/attempt.ts';
import type { Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import type { SmsOptions } from './options.ts';
import { createSmsDestinations } from './sms.ts';

const NUMBER = '+15551230199';
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

let vendor: MockTwilio;
let sent: number;

beforeAll(async () => {
  vendor = await startMockTwilio();
});

beforeEach(() => {
  sent = vendor.received.length;
});

afterAll(() => vendor.stop());

function all(over: Partial<SmsOptions> = {}): readonly Destination[] {
  const { accountSid, authToken, fromNumber, url } = vendor;
  const account = { accountSid, authToken, fromNumber, apiUrl: url };
  return createSmsDestinations({ ...account, toNumbers: [NUMBER], ...over });
}

function sms(over: Partial<SmsOptions> = {}): Destination {
  return all(over)[0]!;
}

function send(destination = sms(), parts: Parameters<typeof aDelivery>[0] = {}) {
  const delivery = aDelivery({ destination: destination.name, ...parts });
  return destination.send(delivery, AbortSignal.timeout(30_000));
}

function refusal(status: number, code: number): VendorReply {
  const message = `The 'To' number ${NUMBER} is wrong, says ${vendor.accountSid}`;
  return { status, body: JSON.stringify({ code, message, status }) };
}

describe('a message by SMS', () => {
  it.each(NOTIFIED_KINDS)('of kind %s is what the schema of Twilio takes', async (kind) => {
    const linkTo = () => 'https://temporal.example.com/deployments/d-1';

    const answer = await send(sms({ linkTo }), { event: { kind } });

    expect(answer).toEqual({ state: 'accepted', detail: expect.stringMatching(/^SM/) });
    expect(vendor.received).toHaveLength(sent + 1);
    const message = vendor.messages.at(-1);
    expect(message).toMatchObject({ To: NUMBER, From: vendor.fromNumber });
    for (const fact of ['[staging] ', 'd-1', linkTo()]) expect(message?.Body).toContain(fact);
  });

  it('is as plain as text can be, whatever came from outside', async () => {
    await send(sms(), {
      event: { message: 'a & b=c+d % <b>bold</b> \u001b[31mred\u202e\u0000\nTo: +1' },
    });

    expect(vendor.messages.at(-1)).toMatchObject({
      To: NUMBER,
      Body: '[staging] Deployment Started\nd-1\na & b=c+d % <b>bold</b> red To: +1',
    });
  });

  it('goes to each number once, under a name of its own, "SMS 12 a minute" all together', async () => {
    const toNumbers = [NUMBER, '+15551230142', NUMBER];

    const destinations = all({ toNumbers });
    for (const destination of destinations) await send(destination);

    expect(destinations).toMatchObject([
      { name: 'sms:0199', channel: 'sms', road: 'paced', queue: 'sms', perSecond: 12 / 60 },
      { name: 'sms:0142', channel: 'sms', road: 'paced', queue: 'sms', perSecond: 12 / 60 },
    ]);
    expect(vendor.messages.slice(-2).map(({ To }) => To)).toEqual([NUMBER, '+15551230142']);
  });
});

describe('what Twilio refuses', () => {
  it.each([
    { status: 400, code: 21_211, mend: /400: code 21211, see https:.*\/21211$/ },
    { status: 401, code: 20_003, mend: /401: .*renew its credentials/ },
    { status: 403, code: 21_408, mend: /403/ },
    { status: 404, code: 20_404, mend: /404/ },
    { status: 302, code: 0, mend: /redirects/ },
  ])('is final at $status', async ({ status, code, mend }) => {
    vendor.misbehave({ ...refusal(status, code), headers: { location: vendor.url } });

    const refused = send();

    await expect(refused).rejects.toMatchObject({ type: 'vendor-rejected', message: mend });
    expect(vendor.received).toHaveLength(sent + 1);
  });

  it('is final without words as well', async () => {
    vendor.misbehave({ status: 404, body: 'x'.repeat(10_000_000) });

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: 'sms:0199 answered 404',
    });
  });

  it('"whose body names an error is a failure": a 201 as well', async () => {
    vendor.misbehave({ status: 201, body: '{"status":"failed","error_code":30007}' });

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/30007/),
    });
  });

  it.each(['another-token', 'a token\r\nX-Evil: 1', '토큰'])(
    'are credentials such as %j',
    async (authToken) => {
      await expect(send(sms({ authToken }))).rejects.toMatchObject({
        type: 'vendor-rejected',
        message: expect.stringMatching(/401.*renew/),
      });
    },
  );

  it.each(['not-a-sid', 'AC/../..', 'AC?'])('is an account such as %j', async (accountSid) => {
    const refused = send(sms({ accountSid }));

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/account_sid/),
    });
    expect(vendor.received).toHaveLength(sent);
  });
});

describe('what Twilio did not take', () => {
  it('is tried again when the wait that it asks for is over', async () => {
    vendor.misbehave({ ...refusal(429, 20_429), headers: { 'retry-after': '7' } });

    await expect(send()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs: 7_000 });
  });

  it('is tried again a second after a 429 that names no time', async () => {
    vendor.misbehave(refusal(429, 20_429));

    await expect(send()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs: 1_000 });
    expect(vendor.received).toHaveLength(sent + 1);
  });

  it.each([400, 429])('is tried again much later when the queue is full (%d)', async (status) => {
    vendor.misbehave(refusal(status, 21_611));

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-throttled',
      retryAfterMs: 600_000,
    });
  });

  it('is tried again when nobody listens', async () => {
    await expect(send(sms({ apiUrl: NOWHERE }))).rejects.toMatchObject({
      type: 'vendor-unreachable',
      message: 'sms:0199 could not be reached (ECONNREFUSED)',
    });
  });

  it('is tried again when there is no TLS: the message was not written', async () => {
    await expect(
      send(sms({ apiUrl: vendor.url.replace('http:', 'https:') })),
    ).rejects.toMatchObject({ type: 'vendor-unreachable' });
    expect(vendor.received).toHaveLength(sent);
  });

  it('is not sent after all when the time is up before it begins', async () => {
    const destination = sms();

    const late = destination.send(aDelivery(), AbortSignal.abort());

    await expect(late).rejects.toMatchObject({ type: 'vendor-unreachable' });
    expect(vendor.received).toHaveLength(sent);
  });
});

describe('what may have arrived', () => {
  it.each([
    [{ status: 500 }, /it answered 500/],
    [{ status: 503, headers: { 'retry-after': '1' } }, /it answered 503/],
    [{ status: 408 }, /it answered 408/],
    [{ status: 200, body: '<html>' }, /it answered 200/],
    ['reset', /no answer came \(ECONNRESET\)/],
  ] as const)(
    '"`unknown` (an unkeyed call that broke after it was sent)": after %j, with cause and mend',
    async (misbehaviour, cause) => {
      vendor.misbehave(misbehaviour);

      const answer = await send();

      expect(answer).toEqual({ state: 'unknown', detail: expect.stringMatching(cause) });
      expect(answer.detail).toMatch(/not sent again: look into Twilio’s message log/);
      expect(vendor.received).toHaveLength(sent + 1);
    },
  );

  it('was taken when 201 comes with garbage', async () => {
    vendor.misbehave({ status: 201, body: '<html>' });

    await expect(send()).resolves.toEqual({ state: 'accepted' });
  });

  it.each([
    new AdapterError('vendor-unreachable', 'no answer within 10 s'),
    new Error('the worker goes'),
  ])('is unknown, not tried again, when the signal fires: %s', async (reason) => {
    const giveUp = new AbortController();
    vendor.misbehave('hang');

    const limits = { timeoutMs: 60_000, cancelled: giveUp.signal };
    const tried = attempt('sms', (signal) => sms().send(aDelivery(), signal), limits);
    await arrival();
    giveUp.abort(reason);

    await expect(tried).resolves.toMatchObject({
      state: 'unknown',
      detail: expect.stringMatching(/no answer came/),
    });
  });
});

describe('what is told', () => {
  it('holds neither the account nor its token nor a number', async () => {
    const told: string[] = [];
    const printed = jest.spyOn(console, 'log').mockImplementation((...line: unknown[]) => {
      told.push(line.join(' '));
    });
    const note = (what: unknown) => {
      told.push(String(what), JSON.stringify(what), what instanceof Error ? `${what.stack}` : '');
    };
    const secrets = [vendor.authToken, 'malformed token', 'malformed-sid', vendor.accountSid];
    vendor.misbehave(refusal(400, 21_211), refusal(500, 0), 'reset', refusal(429, 20_429));

    for (const destination of [
      ...[sms(), sms(), sms(), sms(), sms(), sms({ apiUrl: NOWHERE })],
      ...[sms({ authToken: 'malformed token\n' }), sms({ accountSid: 'malformed-sid/?' })],
    ]) {
      note(destination);
      await send(destination).then(note, note);
    }

    printed.mockRestore();
    expect(told).toHaveLength(48);
    for (const secret of [...secrets, NUMBER.slice(1), vendor.fromNumber.slice(1)]) {
      expect(told.join('\n')).not.toContain(secret);
    }
    expect(told.join('\n')).toContain('sms:0199');
  });

  it('are errors of the adapter only', async () => {
    await expect(send(sms({ apiUrl: NOWHERE }))).rejects.toBeInstanceOf(AdapterError);
  });
});

it('goes by a gateway where one is configured, under a path of its own as well', async () => {
  await expect(send(sms({ apiUrl: `${vendor.url}/` }))).resolves.toMatchObject({
    state: 'accepted',
  });

  await expect(send(sms({ apiUrl: `${vendor.url}/gateway` }))).rejects.toThrow();
  expect(vendor.received.at(-1)?.path).toMatch(/^\/gateway\/2010-04-01\/Accounts\//);
});

/** The mock has the request that it leaves hanging. */
async function arrival(): Promise<void> {
  while (vendor.received.length === sent) await new Promise((resolve) => setImmediate(resolve));
}
