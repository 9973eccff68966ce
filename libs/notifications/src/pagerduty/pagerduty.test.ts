import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockPagerduty } from '@fairlead/testing/vendors';
import type { MockPagerduty } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import type { PagerdutyOptions } from './options.ts';
import { createPagerduty } from './pagerduty.ts';
import { cutOff } from '../testing/cut-off.ts';

const ROUTING_KEY = 'K'.repeat(32);
const KEY = 'fairlead/staging/shop';

let vendor: MockPagerduty;

beforeEach(async () => {
  vendor = await startMockPagerduty();
  vendor.setRoutingKey(ROUTING_KEY);
});

afterEach(() => vendor.stop());

function pagerduty(over: Partial<PagerdutyOptions> = {}) {
  return createPagerduty({ keys: { routingKey: ROUTING_KEY }, apiUrl: vendor.url, ...over });
}

function serviceKeys() {
  return { apiKey: vendor.apiKey, serviceId: vendor.serviceId };
}

type Parts = Parameters<typeof aDelivery>[0];

const FAILED: Parts = { event: { kind: 'deployment-failed', type: 'failure' } };

function send(destination = pagerduty(), parts: Parts = FAILED) {
  const delivery = aDelivery({ destination: 'pagerduty', ...parts });
  return destination.send(delivery, AbortSignal.timeout(30_000));
}

function paths() {
  return vendor.received.map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`);
}

describe('a message to PagerDuty', () => {
  it.each([
    ['deployment-failed', 'trigger', 'critical'],
    ['deployment-completed', 'resolve', 'info'],
    ['rollback-completed', 'resolve', 'warning'],
  ] as const)('of kind %s is a %s that the schema takes', async (kind, action, severity) => {
    const linkTo = () => 'https://temporal.example.com/deployments/d-1';

    const answer = await send(pagerduty({ linkTo }), { event: { kind } });

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.events).toMatchObject([
      { event_action: action, dedup_key: KEY, payload: { severity, class: kind } },
    ]);
    const text = JSON.stringify(vendor.events);
    for (const fact of ['[staging] ', 'd-1', 'registry.example.com/shop/api:2.4.1', linkTo()]) {
      expect(text).toContain(fact);
    }
  });

  it.each([
    'deployment-started',
    'canary-started',
    'canary-completed',
    'canary-promoted',
    'rollback-initiated',
  ] as const)('of kind %s does not interrupt, "and its receipt says so"', async (kind) => {
    const answer = await send(pagerduty(), { event: { kind } });

    expect(answer).toMatchObject({
      state: 'suppressed',
      detail: expect.stringMatching(/interrupts/),
    });
    expect(vendor.received).toEqual([]);
  });

  it('carries the key of the delivery', async () => {
    await send();

    expect(vendor.events).toMatchObject([
      { payload: { custom_details: { Key: 'd-1/1/pagerduty' } } },
    ]);
  });

  it('holds no control characters and opens no link that came from outside', async () => {
    const message = 'see <a href="https://evil.example">\u001b[31mthis\u202e</a>\n"quoted"';

    await send(pagerduty(), { event: { ...FAILED.event, message } });

    const [event] = vendor.events;
    expect(JSON.stringify(event)).not.toMatch(/\\u001b|\u202e|\\n/);
    expect(event).not.toHaveProperty('links');
    expect(event).not.toHaveProperty('client_url');
  });

  it('"Too long: cut by code points, the cut named", "12 of 60 components"', async () => {
    const message = '😀'.repeat(100_000);
    const long = { environment: 'e'.repeat(600), application: 'a'.repeat(600) };
    const components = Array.from({ length: 60 }, (_, index) => ({
      name: `${index}${message}`,
      image: message,
      phase: 'deploying' as const,
    }));

    const answer = await send(pagerduty({ linkTo: () => 'https://temporal.example.com/d-1' }), {
      event: { ...FAILED.event, message },
      facts: { ...long, components, reason: message, error: { type: 'defect', message } },
    });

    expect(answer).toEqual({ state: 'accepted' });
    const [event] = vendor.events as unknown as { payload: { summary: string } }[];
    expect(event?.payload.summary).toMatch(/^\[e+.*Deployment Failed.* d-1: .*… \(cut\)$/u);
    expect(JSON.stringify(event)).toContain('12 of 60 components');
    expect(JSON.stringify(event)).toContain('https://temporal.example.com/d-1');
  });
});

describe('what PagerDuty refuses', () => {
  it.each(['deployment-failed', 'deployment-completed'] as const)(
    '"Refuses *our form* (400): one try as plain text", of a %s, "under the same key"',
    async (kind) => {
      vendor.misbehave({ status: 400, body: '{"errors":["no such field"]}' });

      const answer = await send(pagerduty(), { event: { kind } });

      expect(answer).toMatchObject({
        state: 'accepted',
        detail: expect.stringMatching(/plain text.*no such field/),
      });
      expect(vendor.received).toHaveLength(2);
      expect(vendor.events).toMatchObject([{ dedup_key: KEY }]);
      expect(JSON.stringify(vendor.events)).not.toContain('custom_details');
    },
  );

  it('is told again with "title, ID, environment, outcome, link"', async () => {
    vendor.misbehave({ status: 400 });
    const linkTo = () => 'https://temporal.example.com/d-1';

    await send(pagerduty({ linkTo }), { ...FAILED, facts: { outcome: 'failed' } });

    expect(vendor.events).toMatchObject([
      {
        payload: {
          summary: `[staging] Deployment Failed: shop, d-1, failed, ${linkTo()}`,
        },
      },
    ]);
  });

  it.each([
    { status: 400, times: 2, mend: /400/ },
    { status: 401, times: 1, mend: /401.*renew its credentials/ },
    { status: 403, times: 1, mend: /403.*renew its credentials/ },
    { status: 404, times: 1, mend: /404/ },
    { status: 413, times: 1, mend: /413/ },
    { status: 307, times: 1, mend: /redirects/ },
    { status: 200, times: 1, mend: /200: .*invalid/ },
  ])('"then the dead letter": is final at $status', async ({ status, times, mend }) => {
    const headers = { location: `${vendor.url}/v2/enqueue` };
    const reply = { status, headers, body: '{"status":"invalid"}' };
    vendor.misbehave(...Array<typeof reply>(times).fill(reply));

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(vendor.received).toHaveLength(times);
  });

  it('is final when a gateway refuses in HTML', async () => {
    vendor.misbehave({ status: 403, body: '<html>' });

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/403/),
    });
  });

  it('"a 202 is none": with an error in the body as well', async () => {
    vendor.misbehave({ status: 202, body: '{"errors":["later"]}' }, { status: 202, body: 'ok' });

    await expect(send()).resolves.toEqual({ state: 'accepted' });
    await expect(send()).resolves.toEqual({ state: 'accepted' });
  });
});

describe('trouble on the way', () => {
  it.each([
    [{}, 30_000],
    [{ 'retry-after': '7' }, 7_000],
    [{ 'ratelimit-reset': '9' }, 9_000],
  ])('keeps the wait at a 429 with %j, and leaves the retry to Temporal', async (headers, ms) => {
    vendor.misbehave({ status: 429, headers });

    await expect(send()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs: ms });
    expect(vendor.received).toHaveLength(1);
  });

  it.each([{ status: 500 }, { status: 503, body: '<html>' }, { status: 408 }, 'reset'] as const)(
    'is tried again after %j',
    async (misbehaviour) => {
      vendor.misbehave(misbehaviour);

      await expect(send()).rejects.toMatchObject({ type: 'vendor-unreachable', retryable: true });
      expect(vendor.received).toHaveLength(1);
    },
  );

  it.each(['the event', 'the lookup'])('ends with the signal when %s hangs', async (what) => {
    const destination = what === 'the event' ? pagerduty() : pagerduty({ keys: serviceKeys() });
    vendor.misbehave('hang');

    const hung = cutOff(vendor, (signal) => destination.send(aDelivery(FAILED), signal));

    await expect(hung).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('reads no more than 64 KiB of an answer', async () => {
    vendor.misbehave({ status: 404, body: JSON.stringify('x'.repeat(10_000_000)) });

    const refused = send();

    await expect(refused).rejects.toMatchObject({ message: 'pagerduty answered 404' });
  });

  it('goes by a gateway where one is configured, under its path', async () => {
    const away = send(pagerduty({ apiUrl: `${vendor.url}/gateway/` }));

    await expect(away).rejects.toMatchObject({ message: expect.stringMatching(/404|401/) });
    expect(paths()).toEqual(['POST /gateway/v2/enqueue']);
  });

  it.each([
    ['well-formed', 'a-secret-of-pagerduty'],
    ['malformed', 'a-secret-of-pagerduty\n"ü😀'],
  ])('never tells a %s secret', async (_form, secret) => {
    const errors: string[] = [];
    const byKey = { keys: { routingKey: secret } };
    const byService = { keys: { ...serviceKeys(), apiKey: secret } };
    const echo = { status: 403, body: JSON.stringify({ error: secret }) };
    const away = { apiUrl: 'http://127.0.0.1:1' };
    vendor.misbehave(echo);
    for (const options of [
      byKey,
      byKey,
      { ...byKey, ...away },
      byService,
      { ...byService, ...away },
    ]) {
      await send(pagerduty(options)).catch((error: unknown) => {
        const { cause, stack } = error as Error;
        errors.push(String(error), String(stack), String(cause), JSON.stringify(error));
      });
    }
    vendor.misbehave(echo);
    await send(pagerduty(byService)).catch((error: unknown) => errors.push(String(error)));

    expect(errors).toHaveLength(21);
    expect(errors.join('\n')).not.toContain('a-secret-of-pagerduty');
  });
});
