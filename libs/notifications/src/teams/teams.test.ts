import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { LINK, muchOf, startTeamsStage } from './testing/teams-stage.ts';
import type { TeamsStage } from './testing/teams-stage.ts';
import { createTeams } from './teams.ts';

let stage: TeamsStage;
let sent: number;

beforeAll(async () => {
  stage = await startTeamsStage();
});

beforeEach(() => {
  sent = stage.vendor.received.length;
});

afterAll(() => stage.vendor.stop());

it('is paced at "Teams 2/s", or as configured; "0 lifts it"', () => {
  expect(stage.teams()).toMatchObject({
    name: 'teams',
    channel: 'teams',
    road: 'paced',
    perSecond: 2,
  });
  expect(stage.teams({ perSecond: 0 }).perSecond).toBe(0);
});

describe('a message to Teams', () => {
  it.each(NOTIFIED_KINDS)('of kind %s is what the schema of cards takes', async (kind) => {
    const answer = await stage.send(stage.teams(), { event: { kind } });

    expect(answer).toEqual({ state: 'accepted' });
    expect(stage.vendor.received).toHaveLength(sent + 1);
    for (const fact of ['[staging] ', 'd-1', 'registry.example.com/shop/api:2.4.1', LINK]) {
      expect(stage.lastCard()).toContain(fact);
    }
  });

  it('is a card without a button where no Web UI is configured', async () => {
    const answer = await stage.send(createTeams({ webhookUrl: stage.vendor.webhookUrl }));

    expect(answer).toEqual({ state: 'accepted' });
    expect(stage.vendor.messages.at(-1)?.attachments[0]?.content).not.toHaveProperty('actions');
  });

  it('carries its key, by which a repeat is recognised', async () => {
    await stage.send();

    expect(stage.lastCard()).toContain('"text":"d-1/1/teams"');
  });

  it.each([
    ['https://ci.example.com/runs/7?a=1', '[https://ci.example.com/runs/7?a=1]('],
    ['https://ci.example.com/?a=1&b=2', '[https://ci.example.com/?a=1&b=2]('],
    ['https://ci.example.com/&lt;at&gt;', '"https://ci.example.com/&amp;lt;at&amp;gt;"'],
    ['javascript:a()', '"javascript:a()"'],
    ['https://ci.example.com/) [x](https://evil.example', '"https://ci.example.com/) \\\\[x]'],
  ])('has a link for %s only where it is an address and nothing else', async (url, shown) => {
    await stage.send(stage.teams(), { facts: { ci: { provider: 'CI', url } } });

    expect(stage.lastCard()).toContain(shown);
  });

  it('holds no markup that came from outside', async () => {
    const message = '<at>all</at> **bold** [here](https://evil.example) "quoted"\n\u001b[31mred';

    await stage.send(stage.teams(), {
      event: { kind: 'deployment-failed', message },
      facts: { reason: message, error: { type: 'defect', message } },
    });

    expect(stage.lastCard()).not.toMatch(/<at>|[^\\]\*bold|[^\\]\[here|u001b/);
    expect(stage.lastCard().match(/&lt;at&gt;/g)).toHaveLength(3);
  });

  it.each(['x'.repeat(100_000), '&'.repeat(100_000), '\u{1f680}'.repeat(100_000)])(
    '"Too long: cut by code points, the cut named, title, ID, environment and links always kept" (%#)',
    async (text) => {
      const answer = await stage.send(stage.teams(), muchOf(text));

      expect(answer).toEqual({ state: 'accepted' });
      expect(Buffer.byteLength(stage.vendor.received.at(-1)?.body ?? '')).toBeLessThanOrEqual(
        20_000,
      );
      expect(stage.lastCard().isWellFormed()).toBe(true);
      for (const fact of ['[staging] ', '"value":"d-1"', '"value":"staging"', LINK]) {
        expect(stage.lastCard()).toContain(fact);
      }
      expect(stage.lastCard()).toContain('12 of 60 components');
      expect(stage.lastCard()).toMatch(/more characters|\(cut\)/);
    },
  );

  it('names the cut of a list and keeps "12 of 60 components"', async () => {
    await stage.send(stage.teams(), muchOf('\u{1f680}'.repeat(1_000)));

    expect(stage.lastCard()).toMatch(/… \(cut\) …[^"]*, 12 of 60 components"/);
  });

  it('goes by a gateway where one is configured', async () => {
    const { pathname, search } = new URL(stage.vendor.webhookUrl);
    const webhookUrl = `https://a.environment.api.powerplatform.com${pathname}${search}`;

    const answer = await stage.send(stage.teams({ webhookUrl, apiUrl: `${stage.vendor.url}/` }));

    expect(answer).toEqual({ state: 'accepted' });
    expect(stage.vendor.received.at(-1)?.path).toBe(pathname + search);
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
      stage.vendor.misbehave(reply);

      await expect(stage.send()).resolves.toEqual({ state: 'accepted' });
    },
  );

  it('"A 200 whose body names an error is a failure"', async () => {
    stage.vendor.misbehave({ status: 200, body: '{"error":{"code":"InvalidBotAdaptiveCard"}}' });

    await expect(stage.send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/200.*InvalidBotAdaptiveCard/),
    });
    expect(stage.vendor.received).toHaveLength(sent + 1);
  });
});
