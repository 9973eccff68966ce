import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { startMockSlack } from '@fairlead/testing/vendors';
import type { MockSlack } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import { createSlack } from './slack.ts';
import { cutOff } from '../testing/cut-off.ts';

const SECRET = 'secret-of-the-webhook';

let vendor: MockSlack;
let sent: number;

beforeAll(async () => {
  vendor = await startMockSlack();
});

beforeEach(() => {
  sent = vendor.received.length;
});

afterAll(() => vendor.stop());

function slack(over: Partial<Parameters<typeof createSlack>[0]> = {}) {
  return createSlack({ name: 'slack', webhookUrl: vendor.webhookUrl, ...over });
}

function send(destination = slack(), parts: Parameters<typeof aDelivery>[0] = {}) {
  const delivery = aDelivery({ destination: 'slack', ...parts });
  return destination.send(delivery, AbortSignal.timeout(30_000));
}

it('is paced at "Slack 1/s", or as configured; "0 lifts it"', () => {
  expect(slack()).toMatchObject({ road: 'paced', perSecond: 1 });
  expect(slack({ perSecond: 0 }).perSecond).toBe(0);
});

describe('a message to Slack', () => {
  it.each(NOTIFIED_KINDS)('of kind %s is what the schema of the webhook takes', async (kind) => {
    const linkTo = () => 'https://temporal.example.com/deployments/d-1';

    const answer = await send(slack({ linkTo }), { event: { kind } });

    expect(answer).toEqual({ state: 'delivered' });
    expect(vendor.received).toHaveLength(sent + 1);
    const text = JSON.stringify(vendor.messages.at(-1));
    for (const fact of ['[staging] ', 'd-1', 'registry.example.com/shop/api:2.4.1', linkTo()]) {
      expect(text).toContain(fact);
    }
  });

  it('carries its key, by which a repeat is recognised', async () => {
    await send();

    expect(JSON.stringify(vendor.messages.at(-1))).toContain('"d-1/1/slack"');
  });

  it.each([
    { webhookUrl: `hooks/${SECRET}`, behind: true },
    { webhookUrl: `hooks/${SECRET}`, behind: false },
    { webhookUrl: `http://kim:${SECRET}@127.0.0.1:1/services`, behind: false },
  ])('is refused without a word of it when no call can be made: %j', async (given) => {
    const { webhookUrl, behind } = given;
    const refused = send(slack({ webhookUrl, ...(behind ? { apiUrl: vendor.url } : {}) }));

    const error: unknown = await refused.catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/webhook_url/),
    });
    expect(String(error)).not.toContain(SECRET);
  });

  it('holds no markup that came from outside', async () => {
    await send(slack(), {
      event: { message: '<!channel> *bold* <https://evil.example|here> & \u001b[31mred' },
    });

    const text = JSON.stringify(vendor.messages.at(-1));
    expect(text).not.toContain('<!channel>');
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).not.toContain('\\u001b');
  });

  it('leaves no word to Slack to make a mention or a link of, but for a fact that is an address', async () => {
    const url = 'https://ci.example.com/runs/1?a=1&b=2';

    await send(slack(), {
      event: { message: '@here see evil.example' },
      facts: { reason: `see ${url}`, ci: { provider: 'ci', url } },
    });

    const text = JSON.stringify(vendor.messages.at(-1));
    expect(text).toContain('"*CI run*\\n<https://ci.example.com/runs/1?a=1&amp;b=2>"');
    expect(text).toContain('"*Reason*\\nsee https:');
    expect(text.split('"type":"mrkdwn"')).toHaveLength(text.split('"verbatim":true').length);
    expect(text).toContain('"verbatim":true');
  });

  it('"Too long": is cut where Slack has a limit, "the cut named", and no entity in two', async () => {
    const message = '&'.repeat(100_000);

    const answer = await send(slack(), {
      event: { kind: 'deployment-failed', message },
      facts: { reason: '<'.repeat(50_000), error: { type: 'defect', message } },
    });

    expect(answer).toEqual({ state: 'delivered' });
    const text = JSON.stringify(vendor.messages.at(-1));
    expect(text).toContain('… (cut)');
    expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
  });
});

describe('what Slack refuses', () => {
  it('"which only legacy webhooks honour": is sent once without them to another, and the receipt says so', async () => {
    const destination = slack({
      webhookUrl: vendor.strictWebhookUrl,
      postTo: '#deployments',
      username: 'Bot',
    });

    const answer = await send(destination);

    expect(answer.state).toBe('delivered');
    expect(answer.detail).toContain('without channel and username');
    expect(vendor.messages.at(-1)).not.toHaveProperty('channel');
    expect(vendor.received).toHaveLength(sent + 2);
  });

  it.each([
    { status: 404, body: 'no_service' },
    { status: 404, body: '' },
    { status: 400, body: 'channel_not_found' },
    { status: 200, body: 'channel_not_found' },
  ])(
    '"with 404 or `channel_not_found`: one try without `channel` and `username`": %j',
    async (reply) => {
      const destination = slack({ postTo: '#deployments', username: 'Bot' });
      vendor.misbehave(reply);

      const answer = await send(destination);

      expect(answer).toMatchObject({ state: 'delivered' });
      expect(vendor.messages.at(-1)).not.toHaveProperty('channel');
      expect(vendor.messages.at(-1)).not.toHaveProperty('username');

      const gone = slack({ postTo: '#deployments', username: 'Bot' });
      vendor.misbehave(reply, reply);
      await expect(send(gone)).rejects.toMatchObject({ type: 'vendor-rejected' });
      expect(vendor.received).toHaveLength(sent + 4);
    },
  );

  it('keeps channel and username where they are honoured', async () => {
    await send(slack({ postTo: '#deployments', username: 'Bot' }));

    expect(vendor.messages.at(-1)).toMatchObject({ channel: '#deployments', username: 'Bot' });
  });

  it('"Refuses *our form* (400): one try as plain text (title, ID, environment, outcome, link) under the same key"', async () => {
    vendor.misbehave({ status: 400, body: 'invalid_blocks' });
    const linkTo = () => 'https://temporal.example.com/d-1';

    const answer = await send(slack({ linkTo }), { event: { kind: 'rollback-completed' } });

    expect(answer).toMatchObject({
      state: 'delivered',
      detail: expect.stringMatching(/plain text/),
    });
    expect(vendor.messages.at(-1)).not.toHaveProperty('blocks');
    const lines = String(vendor.messages.at(-1)?.['text']).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        ...['[staging] Rollback Completed', 'Deployment: d-1', 'Environment: staging'],
        ...['Outcome: rolled-back', `Link: ${linkTo()}`, 'd-1/1/slack'],
      ]),
    );
  });

  it.each([
    { status: 400, times: 2, mend: /400: invalid_blocks/ },
    { status: 403, times: 1, mend: /403.*renew its credentials/ },
    { status: 404, times: 1, mend: /404.*the webhook is gone.*make a new one and set webhook_url/ },
    { status: 410, times: 1, mend: /410.*the webhook is gone/ },
    { status: 302, times: 1, mend: /redirects/ },
  ])('"then the dead letter": is final at $status', async ({ status, times, mend }) => {
    const reply = { status, body: 'invalid_blocks', headers: { location: 'http://127.0.0.1:1/' } };
    vendor.misbehave(...Array<typeof reply>(times).fill(reply));

    const refused = send();

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(vendor.received).toHaveLength(sent + times);
  });

  it('tells none of the webhook that its answer repeats', async () => {
    vendor.misbehave({ status: 403, body: `no right to ${vendor.webhookUrl}` });

    const error: unknown = await send().catch((reason: unknown) => reason);

    expect(String(error)).toContain('403: no right to');
    expect(String(error)).not.toContain(SECRET);
  });

  it('"A 200 whose body names an error is a failure"', async () => {
    vendor.misbehave({ status: 200, body: 'no_text' });

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/no_text/),
    });
  });
});

describe('trouble on the way', () => {
  it('keeps the wait that Slack asks for', async () => {
    vendor.misbehave({ status: 429, headers: { 'retry-after': '7' } });

    await expect(send()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs: 7_000 });
  });

  it.each([{ status: 500 }, { status: 503 }, { status: 408 }, 'reset'] as const)(
    'is tried again after %j',
    async (misbehaviour) => {
      vendor.misbehave(misbehaviour);

      await expect(send()).rejects.toMatchObject({ type: 'vendor-unreachable', retryable: true });
      expect(vendor.received).toHaveLength(sent + 1);
    },
  );

  it('ends with the signal when Slack hangs', async () => {
    vendor.misbehave('hang');

    const hung = cutOff(vendor, (signal) => slack().send(aDelivery(), signal));

    await expect(hung).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('reads no more than 64 KiB of an answer', async () => {
    vendor.misbehave({ status: 404, body: 'x'.repeat(10_000_000) });

    await expect(send()).rejects.toMatchObject({ type: 'vendor-rejected' });
  });

  it('never tells the webhook, which is a secret', async () => {
    const errors: string[] = [];
    const away = slack({ webhookUrl: `http://127.0.0.1:1/${SECRET}` });
    vendor.misbehave({ status: 500 }, { status: 404, body: 'no_service' }, 'reset');
    for (const destination of [slack(), slack(), slack(), away]) {
      await send(destination).catch((error: unknown) => {
        errors.push(String(error), String((error as Error).stack), JSON.stringify(error));
      });
    }

    expect(errors).toHaveLength(12);
    expect(errors.join('\n')).not.toContain(SECRET);
  });

  it('goes by a gateway where one is configured', async () => {
    const path = new URL(vendor.webhookUrl).pathname;

    const answer = await send(
      slack({ webhookUrl: `https://hooks.slack.com${path}`, apiUrl: `${vendor.url}/` }),
    );

    expect(answer).toEqual({ state: 'delivered' });
  });
});
