import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockFirebase, startMockPagerduty, startMockTwilio } from '@fairlead/testing/vendors';
import type { MockFirebase, MockPagerduty, MockTwilio } from '@fairlead/testing/vendors';
import { checkableChannel } from './check-channel.ts';
import type { ChannelSettings } from './registry.ts';

function check(settings: ChannelSettings) {
  const channel = checkableChannel(settings);
  if (channel === undefined) throw new Error('no channel to be asked');
  return channel.check(AbortSignal.timeout(30_000));
}

describe('SMS', () => {
  let vendor: MockTwilio;

  beforeEach(async () => {
    vendor = await startMockTwilio();
  });

  afterEach(() => vendor.stop());

  function sms(over: { authToken?: string; accountSid?: string; toNumbers?: string[] } = {}) {
    const { accountSid, authToken, fromNumber, url: apiUrl } = vendor;
    const toNumbers = ['+15551230199'];
    return check({
      channel: 'sms',
      ...{ accountSid, authToken, fromNumber, toNumbers, apiUrl, ...over },
    });
  }

  it('is well where Twilio takes the account and may know each number, and sends nothing', async () => {
    expect(await sms()).toEqual({ state: 'ok', detail: expect.stringMatching(/is active$/) });
    expect(vendor.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /2010-04-01/Accounts/${vendor.accountSid}.json`,
      'GET /v2/PhoneNumbers/+15551230199',
    ]);
  });

  it('names a number that cannot be real by its end alone', async () => {
    const finding = await sms({ toNumbers: ['+15551230199', '+0987654321'] });

    expect(finding).toMatchObject({
      state: 'warn',
      detail: expect.stringMatching(/no such number: sms:4321$/),
    });
  });

  it('says nothing of the numbers where there is no lookup', async () => {
    const account = { status: 'active', type: 'Full' };
    vendor.misbehave({ status: 200, body: JSON.stringify(account) }, { status: 404 });

    expect(await sms({ toNumbers: ['+0987654321'] })).toMatchObject({ state: 'ok' });
  });

  it.each([
    ['suspended', 'Full', 'fail', /suspended/],
    ['active', 'Trial', 'warn', /trial/],
  ])('tells of an account that is %s and %s', async (status, type, state, detail) => {
    vendor.setAccount({ status, type });

    expect(await sms()).toMatchObject({ state, detail: expect.stringMatching(detail) });
  });

  it.each([
    [{ authToken: 'other' }, /^sms answered 401: code 20003.*renew its credentials/],
    [{ accountSid: 'SK1' }, /^sms: no request can be made of account_sid/],
  ])('refuses what Twilio refuses: %j', async (over, message) => {
    await expect(sms(over)).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(message),
    });
  });

  it.each(['hang', 'reset', { status: 503 }] as const)(
    'is out of reach when it does this: %j',
    async (misbehaviour) => {
      vendor.misbehave(misbehaviour);
      const { accountSid, authToken, fromNumber, url: apiUrl } = vendor;
      const channel = checkableChannel({
        channel: 'sms',
        ...{ accountSid, authToken, fromNumber, toNumbers: [], apiUrl },
      });

      const finding = channel?.check(AbortSignal.timeout(500));

      await expect(finding).rejects.toMatchObject({ type: 'vendor-unreachable' });
    },
  );
});

describe('PagerDuty', () => {
  let vendor: MockPagerduty;

  beforeEach(async () => {
    vendor = await startMockPagerduty();
  });

  afterEach(() => vendor.stop());

  function pagerduty(over: { apiKey?: string; serviceId?: string; fromEmail?: string } = {}) {
    const { apiKey, serviceId } = vendor;
    return check({
      channel: 'pagerduty',
      keys: { apiKey, serviceId, ...over },
      apiUrl: vendor.url,
    });
  }

  it('is well where the service takes events, and opens no incident', async () => {
    expect(await pagerduty()).toEqual({
      state: 'ok',
      detail: 'service PSERVICE is there, incidents go by Events API v2',
    });
    expect([vendor.events, vendor.incidents]).toEqual([[], []]);
  });

  it('needs a road: an integration, or a person whom incidents come from', async () => {
    vendor.setRoutingKey(undefined);

    expect(await pagerduty()).toMatchObject({
      state: 'fail',
      mend: expect.stringMatching(/from_email/),
    });
    expect(await pagerduty({ fromEmail: vendor.fromEmail })).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/by the REST API$/),
    });
  });

  it.each([
    ['disabled', 'fail', /wakes nobody/],
    ['maintenance', 'warn', /until it ends/],
  ])('tells of a service that is in %s', async (status, state, detail) => {
    vendor.setStatus(status);

    expect(await pagerduty()).toMatchObject({ state, detail: expect.stringMatching(detail) });
  });

  it.each([
    [{ apiKey: 'other' }, /answered 401.*renew its credentials/],
    [{ serviceId: 'PNONE' }, /answered 404.*compare service_id/],
  ])('refuses what PagerDuty refuses: %j', async (over, message) => {
    await expect(pagerduty(over)).rejects.toThrow(message);
  });

  it('cannot be tried by a routing key', async () => {
    const finding = await check({ channel: 'pagerduty', keys: { routingKey: 'R'.repeat(32) } });

    expect(finding).toMatchObject({ state: 'skipped', mend: expect.stringMatching(/notify test/) });
  });
});

describe('Firebase', () => {
  let vendor: MockFirebase;

  beforeEach(async () => {
    vendor = await startMockFirebase();
  });

  afterEach(() => vendor.stop());

  function firebase(
    over: { projectId?: string; notificationTopics?: string[]; emailTo?: string[] } = {},
  ) {
    const { projectId, credentialsFile, url: apiUrl } = vendor;
    const notificationTopics = ['deployment-alerts', 'ops-team'];
    return check({
      channel: 'firebase',
      ...{ projectId, credentialsFile, apiUrl, notificationTopics, ...over },
    });
  }

  it('is well where FCM would take a push to each topic, and pushes nothing', async () => {
    expect(await firebase()).toEqual({
      state: 'ok',
      detail: 'Google takes the key, FCM a push to deployment-alerts, ops-team',
    });
    expect(vendor.fcm.received.map(({ path }) => path)).toEqual([
      '/token',
      '/v1/projects/fairlead-test/messages:send',
      '/v1/projects/fairlead-test/messages:send',
    ]);
    expect(vendor.fcm.messages).toEqual([]);
  });

  it.each([
    [{ projectId: 'other' }, /answered 404.*compare project_id$/],
    [{ notificationTopics: ['no topic'] }, /topic no topic\) answered 400/],
  ])('refuses what FCM refuses: %j', async (over, message) => {
    await expect(firebase(over)).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(message),
    });
  });

  it('reads where mail is written, and writes nothing', async () => {
    expect(await firebase({ emailTo: ['ops@example.com'] })).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/, Firestore the reading of its mail documents$/),
    });
    expect(vendor.firestore.received).toEqual(['mail/fairlead-doctor']);
    expect([...vendor.firestore.documents]).toEqual([]);

    vendor.firestore.misbehave({ code: 5, message: 'The database (default) does not exist' });
    await expect(firebase({ emailTo: ['ops@example.com'] })).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/NOT_FOUND.*make the project’s Firestore database/),
    });
  });

  it('names the key file that is unusable', async () => {
    await vendor.writeCredentials('{}');

    await expect(firebase()).rejects.toThrow(/credentials_file .*is no service account’s key/);
  });
});

it.each([
  [{ channel: 'slack', name: 'slack:releases', webhookUrl: 'https://s' }, 'slack:releases'],
  [{ channel: 'teams', webhookUrl: 'https://t' }, 'teams'],
] as const)('posts nothing to a webhook, and says what would: %j', async (settings, name) => {
  expect(checkableChannel(settings)?.name).toBe(name);
  expect(await check(settings)).toMatchObject({
    state: 'skipped',
    mend: expect.stringContaining(`--channel ${name}`),
  });
});

it('has nothing to ask of what stays on this machine', () => {
  expect(checkableChannel({ channel: 'log' })).toBeUndefined();
});
