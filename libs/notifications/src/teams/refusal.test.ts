import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aDelivery } from '../fixtures.ts';
import { LINK, muchOf, SECRET, startTeamsStage } from './testing/teams-stage.ts';
import type { TeamsStage } from './testing/teams-stage.ts';
import { cutOff } from '../testing/cut-off.ts';

let stage: TeamsStage;
let sent: number;

beforeAll(async () => {
  stage = await startTeamsStage();
});

beforeEach(() => {
  sent = stage.vendor.received.length;
});

afterAll(() => stage.vendor.stop());

describe('what Teams refuses', () => {
  it('"Refuses *our form* (400): one try as plain text (title, ID, environment, outcome, link) under the same key"', async () => {
    stage.vendor.misbehave({ status: 400, body: 'InvalidBotAdaptiveCard' });

    const answer = await stage.send(stage.teams(), muchOf('\u{1f680}'.repeat(1_000)));

    expect(answer).toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/plain text.*400/),
    });
    expect(stage.vendor.messages.at(-1)?.attachments[0]?.content).toMatchObject({ version: '1.0' });
    expect(stage.lastCard()).not.toMatch(/FactSet|"actions"/);
    for (const fact of [
      '[staging] Rollback Completed',
      'Deployment: d-1',
      'Environment: staging',
      'Outcome: rolled-back',
      `Link: ${LINK}`,
      'd-1/1/teams',
    ]) {
      expect(stage.lastCard()).toContain(fact);
    }
  });

  it.each([
    { status: 400, times: 2, mend: /400: no/ },
    { status: 401, times: 1, mend: /401.*renew its credentials/ },
    { status: 403, times: 1, mend: /403.*renew its credentials/ },
    { status: 404, times: 1, mend: /404.*the flow is gone or off/ },
    { status: 410, times: 1, mend: /410.*the flow is gone or off/ },
    { status: 413, times: 1, mend: /413/ },
    { status: 302, times: 1, mend: /redirects/ },
  ])('"then the dead letter": is final at $status', async ({ status, times, mend }) => {
    const reply = { status, body: 'no', headers: { location: 'http://127.0.0.1:1/' } };
    stage.vendor.misbehave(...Array<typeof reply>(times).fill(reply));

    const refused = stage.send();

    await expect(refused).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(stage.vendor.received).toHaveLength(sent + times);
  });

  it('is final where the signature is wrong', async () => {
    const webhookUrl = stage.vendor.webhookUrl.replace(SECRET, 'another-signature');

    await expect(stage.send(stage.teams({ webhookUrl }))).rejects.toMatchObject({
      type: 'vendor-rejected',
    });
  });
});

describe('trouble on the way', () => {
  it.each([
    { headers: { 'retry-after': '7' }, retryAfterMs: 7_000 },
    { headers: {}, retryAfterMs: 1_000 },
  ])('keeps the wait that Teams asks for: %j', async ({ headers, retryAfterMs }) => {
    stage.vendor.misbehave({ status: 429, headers });

    await expect(stage.send()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs });
  });

  it.each([
    { status: 408 },
    { status: 500 },
    { status: 502 },
    { status: 503 },
    { status: 504 },
    'reset',
  ] as const)('is tried again after %j', async (misbehaviour) => {
    stage.vendor.misbehave(misbehaviour);

    await expect(stage.send()).rejects.toMatchObject({
      type: 'vendor-unreachable',
      retryable: true,
    });
    expect(stage.vendor.received).toHaveLength(sent + 1);
  });

  it('ends with the signal when Teams hangs', async () => {
    stage.vendor.misbehave('hang');

    const hung = cutOff(stage.vendor, (signal) => stage.teams().send(aDelivery(), signal));

    await expect(hung).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it('reads no more than 64 KiB of an answer', async () => {
    stage.vendor.misbehave({ status: 404, body: 'x'.repeat(10_000_000) });

    await expect(stage.send()).rejects.toMatchObject({ type: 'vendor-rejected' });
  });
});
