import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { startMockTeams } from '@fairlead/testing/vendors';
import type { MockTeams } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import { createTeams } from './teams.ts';

const SECRET = 'secret-of-the-webhook';
const LINK = 'https://temporal.example.com/deployments/d-1';

let vendor: MockTeams;
let sent: number;

beforeAll(async () => {
  vendor = await startMockTeams();
});

beforeEach(() => {
  sent = vendor.received.length;
});

afterAll(() => vendor.stop());

function teams(over: Partial<Parameters<typeof createTeams>[0]> = {}) {
  return createTeams({ webhookUrl: vendor.webhookUrl, linkTo: () => LINK, ...over });
}

function send(destination = teams(), parts: Parameters<typeof aDelivery>[0] = {}) {
  const delivery = aDelivery({ destination: 'teams', ...parts });
  return destination.send(delivery, AbortSignal.timeout(5_000));
}

function lastCard() {
  return JSON.stringify(vendor.messages.at(-1)?.attachments[0]?.content);
}

/** As many components as make their list, and the message, too long. */
function muchOf(text: string) {
  const component = { name: 'api', image: text, previousImage: text, phase: 'restored' } as const;
  return {
    event: { kind: 'rollback-completed', message: text },
    facts: {
      reason: text,
      error: { type: 'defect', message: text },
      components: Array<typeof component>(60).fill(component),
    },
  } as const;
}

it('is paced at "Teams 2/s", or as configured; "0 lifts it"', () => {
  expect(teams()).toMatchObject({ name: 'teams', channel: 'teams', road: 'paced', perSecond: 2 });
  expect(teams({ perSecond: 0 }).perSecond).toBe(0);
});

describe('a message to Teams', () => {
  it.each(NOTIFIED_KINDS)('of kind %s is what the schema of cards takes', async (kind) => {
    const answer = await send(teams(), { event: { kind } });

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.received).toHaveLength(sent + 1);
    for (const fact of ['[staging] ', 'd-1', 'registry.example.com/shop/api:2.4.1', LINK]) {
      expect(lastCard()).toContain(fact);
    }
  });

  it('is a card without a button where no Web UI is configured', async () => {
    const answer = await send(createTeams({ webhookUrl: vendor.webhookUrl }));

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.messages.at(-1)?.attachments[0]?.content).not.toHaveProperty('actions');
  });

  it('carries its key, by which a repeat is recognised', async () => {
    await send();

    expect(lastCard()).toContain('"text":"d-1/1/teams"');
  });

  it.each([
    ['https://ci.example.com/runs/7?a=1', '[https://ci.example.com/runs/7?a=1]('],
    ['https://ci.example.com/?a=1&b=2', '[https://ci.example.com/?a=1&b=2]('],
    ['https://ci.example.com/&lt;at&gt;', '"https://ci.example.com/&amp;lt;at&amp;gt;"'],
    ['javascript:a()', '"javascript:a()"'],
    ['https://ci.example.com/) [x](https://evil.example', '"https://ci.example.com/) \\\\[x]'],
  ])('has a link for %s only where it is an address and nothing else', async (url, shown) => {
    await send(teams(), { facts: { ci: { provider: 'CI', url } } });

    expect(lastCard()).toContain(shown);
  });

  it('holds no markup that came from outside', async () => {
    const message = '<at>all</at> **bold** [here](https://evil.example) "quoted"\n\u001b[31mred';

    await send(teams(), {
      event: { kind: 'deployment-failed', message },
      facts: { reason: message, error: { type: 'defect', message } },
    });

    expect(lastCard()).not.toMatch(/<at>|[^\\]\*bold|[^\\]\[here|u001b/);
    expect(lastCard().match(/&lt;at&gt;/g)).toHaveLength(3);
  });

  it.each(['x'.repeat(100_000), '&'.repeat(100_000), '\u{1f680}'.repeat(100_000)])(
    '"Too long: cut by code points, the cut named, title, ID, environment and links always kept" (%#)',
    async (text) => {
      const answer = await send(teams(), muchOf(text));

      expect(answer).toEqual({ state: 'accepted' });
      expect(Buffer.byteLength(vendor.received.at(-1)?.body ?? '')).toBeLessThanOrEqual(20_000);
      expect(lastCard().isWellFormed()).toBe(true);
      for (const fact of ['[staging] ', '"value":"d-1"', '"value":"staging"', LINK]) {
        expect(lastCard()).toContain(fact);
      }
      expect(lastCard()).toContain('12 of 60 components');
      expect(lastCard()).toMatch(/more characters|\(cut\)/);
    },
  );

  it('names the cut of a list and keeps "12 of 60 components"', async () => {
    await send(teams(), muchOf('\u{1f680}'.repeat(1_000)));

    expect(lastCard()).toMatch(/… \(cut\) …[^"]*, 12 of 60 components"/);
  });

  it('goes by a gateway where one is configured', async () => {
    const { pathname, search } = new URL(vendor.webhookUrl);
    const webhookUrl = `https://a.environment.api.powerplatform.com${pathname}${search}`;

    const answer = await send(teams({ webhookUrl, apiUrl: `${vendor.url}/` }));

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.received.at(-1)?.path).toBe(pathname + search);
  });
});

describe('a success', () => {
  it.each([
    { status: 200, body: '' },
    { status: 200, body: '1' },
    { status: 200, body: '{"status":"Succeeded"}' },
    { status: 202, body: '{"error":{"code":"none of the trigger"}}' },
    { status: 204 },
  ])(
    'is "`accepted` (the vendor took it", "a 202 is none", whatever its body says: %j',
    async (reply) => {
      vendor.misbehave(reply);

      await expect(send()).resolves.toEqual({ state: 'accepted' });
    },
  );

  it('"A 200 whose body names an error is a failure"', async () => {
    vendor.misbehave({ status: 200, body: '{"error":{"code":"InvalidBotAdaptiveCard"}}' });

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: /200.*InvalidBotAdaptiveCard/,
    });
    expect(vendor.received).toHaveLength(sent + 1);
  });
});

describe('what Teams refuses', () => {
  it('"Refuses *our form* (400): one try as plain text (title, ID, environment, outcome, link) under the same key"', async () => {
    vendor.misbehave({ status: 400, body: 'InvalidBotAdaptiveCard' });

    const answer = await send(teams(), muchOf('\u{1f680}'.repeat(1_000)));

    expect(answer).toMatchObject({ state: 'accepted', detail: /plain text.*400/ });
    expect(vendor.messages.at(-1)?.attachments[0]?.content).toMatchObject({ version: '1.0' });
    expect(lastCard()).not.toMatch(/FactSet|"actions"/);
    for (const fact of [
      '[staging] Rollback Completed',
      'Deployment: d-1',
      'Environment: staging',
      'Outcome: rolled-back',
      `Link: ${LINK}`,
      'd-1/1/teams',
    ]) {
      expect(lastCard()).toContain(fact);
    }
  });

  it.each([
    { status: 400, times: 2, mend: /400: no/ },
    { status: 401, times: 1, mend: /401.*renew its credentials/ },
    { status: 403, times: 1, mend: /403.*renew its credentials/ },
    { status: 404, times: 1, mend: /404/ },
    { status: 410, times: 1, mend: /410/ },
    { status: 413, times: 1, mend: /413/ },
    { status: 302, times: 1, mend: /redirects/ },
  ])('"then the dead letter": is final at $status', async ({ status, times, mend }) => {
    const reply = { status, body: 'no', headers: { location: 'http://127.0.0.1:1/' } };
    vendor.misbehave(...Array<typeof reply>(times).fill(reply));

    const refused = send();

    await expect(refused).rejects.toMatchObject({ type: 'vendor-rejected', message: mend });
    expect(vendor.received).toHaveLength(sent + times);
  });

  it('is final where the signature is wrong', async () => {
    const webhookUrl = vendor.webhookUrl.replace(SECRET, 'another-signature');

    await expect(send(teams({ webhookUrl }))).rejects.toMatchObject({ type: 'vendor-rejected' });
  });
});

describe('trouble on the way', () => {
  it.each([
    { headers: { 'retry-after': '7' }, retryAfterMs: 7_000 },
    { headers: {}, retryAfterMs: 1_000 },
  ])('keeps the wait that Teams asks for: %j', async ({ headers, retryAfterMs }) => {
    vendor.misbehave({ status: 429, headers });

    await expect(send()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs });
  });

  it.each([
    { status: 408 },
    { status: 500 },
    { status: 502 },
    { status: 503 },
    { status: 504 },
    'reset',
  ] as const)('is tried again after %j', async (misbehaviour) => {
    vendor.misbehave(misbehaviour);

    await expect(send()).rejects.toMatchObject({ type: 'vendor-unreachable', retryable: true });
    expect(vendor.received).toHaveLength(sent + 1);
  });

  it('ends with the signal when Teams hangs', async () => {
    vendor.misbehave('hang');

    const hung = teams().send(aDelivery(), AbortSignal.timeout(50));

    await expect(hung).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('reads no more than 64 KiB of an answer', async () => {
    vendor.misbehave({ status: 404, body: 'x'.repeat(10_000_000) });

    await expect(send()).rejects.toMatchObject({ type: 'vendor-rejected' });
  });
});

describe('the webhook, which is a secret', () => {
  it.each([
    { status: 500 },
    { status: 404, body: `no flow at ?sig=${SECRET}` },
    { status: 200, body: `{"error":"bad signature ${SECRET}"}` },
    { status: 302, headers: { location: `http://127.0.0.1:1/${SECRET}` } },
    'reset',
  ] as const)('is not told after %j', async (misbehaviour) => {
    vendor.misbehave(misbehaviour);

    expect(await failureOf(send())).not.toContain(SECRET);
  });

  it('is not told in the detail of a receipt', async () => {
    vendor.misbehave({ status: 400, body: `bad ?sig=${SECRET}` });

    const answer = await send();

    expect(answer.detail).toContain('[hidden]');
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  it.each([
    `http://127.0.0.1:1/${SECRET}`,
    SECRET,
    `http://${SECRET}:x`,
    `http://kim:${SECRET}@127.0.0.1:1/`,
    `ftp://127.0.0.1/${SECRET}`,
  ])('is not told when it is %s', async (webhookUrl) => {
    for (const apiUrl of [undefined, `http://127.0.0.1:1`]) {
      const destination = teams({ webhookUrl, ...(apiUrl === undefined ? {} : { apiUrl }) });

      expect(await failureOf(send(destination))).not.toContain(SECRET);
    }
  });

  it('is final, and tells which setting to mend, when it is malformed', async () => {
    await expect(send(teams({ webhookUrl: SECRET }))).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: /webhook_url/,
    });
  });
});

/** All that an error could be told by. */
async function failureOf(sending: Promise<unknown>): Promise<string> {
  const error = await sending.then(
    () => {
      throw new Error('it was taken');
    },
    (reason: unknown) => reason as Error,
  );
  return [String(error), error.stack, JSON.stringify(error), String(error.cause)].join('\n');
}
