import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockSlack } from '@fairlead/testing/vendors';
import type { MockSlack } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import { LegacyFields } from './legacy-fields.ts';
import { createSlack } from './slack.ts';

const GIVEN = { postTo: '#deployments', username: 'Bot' };
const HOUR_MS = 60 * 60_000;

let vendor: MockSlack;
let sent: number;

beforeAll(async () => {
  vendor = await startMockSlack();
});

beforeEach(() => {
  sent = vendor.received.length;
});

afterAll(() => vendor.stop());

function slack(webhookUrl: string) {
  const destination = createSlack({ name: 'slack', webhookUrl, ...GIVEN });
  return () => destination.send(aDelivery({ destination: 'slack' }), AbortSignal.timeout(30_000));
}

describe('a webhook that refuses channel and username', () => {
  it('is asked once with them, and each message after that is one request', async () => {
    const send = slack(vendor.strictWebhookUrl);

    const answers = [await send(), await send(), await send()];

    expect(vendor.received).toHaveLength(sent + 4);
    for (const { state, detail } of answers) {
      expect(state).toBe('delivered');
      expect(detail).toContain('without channel and username');
    }
  });

  it('is asked again after an hour: it may have been a legacy one that was away', () => {
    let now = 0;
    const fields = new LegacyFields({ name: 'slack', webhookUrl: '', ...GIVEN }, () => now);
    fields.refused();

    now = HOUR_MS - 1;
    expect(fields.present).toEqual({});
    now = HOUR_MS;
    expect(fields.present).toEqual({ channel: '#deployments', username: 'Bot' });
  });
});

describe('a webhook that takes channel and username, and may ignore them', () => {
  it('has each message in one request', async () => {
    const send = slack(vendor.webhookUrl);

    const answers = [await send(), await send()];

    expect(vendor.received).toHaveLength(sent + 2);
    expect(answers).toEqual([{ state: 'delivered' }, { state: 'delivered' }]);
  });
});

describe('a message that finds no channel', () => {
  it.each([
    {
      status: 404,
      body: 'channel_not_found',
      times: 2,
      mend: /make a webhook for the channel that/,
    },
    {
      status: 200,
      body: 'channel_not_found',
      times: 2,
      mend: /make a webhook for the channel that/,
    },
    { status: 404, body: 'no_service', times: 2, mend: /the webhook is gone.*set webhook_url/ },
    { status: 410, body: 'channel_is_archived', times: 1, mend: /its channel is archived/ },
  ])('is dead, and its receipt says what to do: $status $body', async (given) => {
    const { times, mend, ...reply } = given;
    const send = slack(vendor.webhookUrl);
    vendor.misbehave(...Array<typeof reply>(times).fill(reply));

    await expect(send()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(vendor.received).toHaveLength(sent + times);
  });
});
