import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  startMockFirebase,
  startMockPagerduty,
  startMockSlack,
  startMockTeams,
  startMockTwilio,
} from '@fairlead/testing/vendors';
import type {
  MockFirebase,
  MockPagerduty,
  MockSlack,
  MockTeams,
  MockTwilio,
} from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import { createDestinations } from '../registry.ts';
import type { ChannelSettings } from '../registry.ts';

const LINK = 'https://temporal.example.com/deployments/d-1';
/** As a person may write it, with marks that mean something to one vendor or another. */
const TEMPLATES = {
  'deployment-failed': {
    title: '🔥 {{application}} "is" down: {{error}}',
    text: 'Call <b>{{actor}}</b> & *stay*: {{error}}',
  },
};
const MARKUP =
  '<script>alert(1)</script> *_~[](https://evil.example) <!channel> {{reason}} ${HOME}';
const HOSTILE = `it's "out"\r\nof {"memory": \u001b[31m${MARKUP}\u0000${'x'.repeat(100_000)}`;

let slack: MockSlack;
let teams: MockTeams;
let twilio: MockTwilio;
let pagerduty: MockPagerduty;
let firebase: MockFirebase;

beforeAll(async () => {
  [slack, teams, twilio, pagerduty, firebase] = await Promise.all([
    startMockSlack(),
    startMockTeams(),
    startMockTwilio(),
    startMockPagerduty(),
    startMockFirebase(),
  ]);
});

afterAll(() =>
  Promise.all([slack.stop(), teams.stop(), twilio.stop(), pagerduty.stop(), firebase.stop()]),
);

/** Sends a failure with a hostile error in people's own words, and answers with the state. */
async function sendFailure(settings: ChannelSettings, templates = TEMPLATES) {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const [destination] = createDestinations(
    { ...settings, templates },
    { log: silent, linkTo: () => LINK },
  );
  const delivery = aDelivery({
    destination: destination!.name,
    event: { kind: 'deployment-failed', type: 'failure', message: 'api crashes' },
    facts: { reason: 'never filled in', error: { type: 'defect', message: HOSTILE } },
  });
  return destination!.send(delivery, AbortSignal.timeout(10_000));
}

function expectKept(text: string): void {
  for (const part of ['[staging] ', '🔥 shop', 'd-1', LINK]) expect(text).toContain(part);
  expect(text).not.toMatch(/\p{Cc}(?<!\n)/u);
}

describe('"escaped for its place, so that a quote in an error cannot break it": a quote, a newline and 100 KB', () => {
  it('are text in Slack’s blocks', async () => {
    const answer = await sendFailure({
      channel: 'slack',
      name: 'slack',
      webhookUrl: slack.webhookUrl,
    });

    expect(answer).toEqual({ state: 'delivered' });
    expect(slack.messages).toHaveLength(1);
    const { blocks = [] } = slack.messages[0] as { blocks?: readonly { readonly type: string }[] };
    expect(blocks[0]).toMatchObject({
      type: 'header',
      text: { type: 'plain_text', text: expect.stringMatching(/^\[staging\] 🔥 shop "is" down: /) },
    });
    expect(blocks[1]).toMatchObject({
      text: { text: expect.stringMatching(/^Call &lt;b&gt;kim&lt;\/b&gt; &amp; \*stay\*: /) },
    });
    expectKept(textsOf(slack.messages[0]).join('\n'));
    // A header is plain text to Slack; what it reads has nothing that could begin a mention or a link.
    const read = textsOf([slack.messages[0]?.text, blocks.slice(1)]).join('\n');
    expect(read).not.toMatch(/<|>/);
    expect(read).toContain('{{reason}}');
  });

  it('are text in a Teams card', async () => {
    const answer = await sendFailure({ channel: 'teams', webhookUrl: teams.webhookUrl });

    expect(answer).toEqual({ state: 'accepted' });
    expect(teams.messages).toHaveLength(1);
    const { body, actions } = teams.messages[0]!.attachments[0]!.content;
    const [title, summary] = textsOf(body).filter(
      (one) => one.includes('kim') || one.includes('🔥'),
    );
    expect(title).toMatch(/^\[staging\\?\] 🔥 shop "is" down: |^\\\[staging\] 🔥 shop/);
    expect(summary).toMatch(/^Call &lt;b&gt;kim&lt;\/b&gt; &amp; \\\*stay\\\*: /);
    expect(textsOf(body).join('\n')).not.toMatch(/<|>|\{\{|(?<!\\)\[/);
    expect(textsOf(actions)).toContain(LINK);
    expect(textsOf(body)).toContain('d-1');
  });

  it('are text in an SMS, which bears them whatever they cost, within bounds', async () => {
    const { accountSid, authToken, fromNumber, url: apiUrl } = twilio;
    const account = { accountSid, authToken, fromNumber, apiUrl };

    const answer = await sendFailure({
      channel: 'sms',
      toNumbers: ['+15551230199'],
      ...account,
    });

    expect(answer.state).toBe('accepted');
    expect(twilio.messages).toHaveLength(1);
    const { Body } = twilio.messages[0]!;
    expectKept(Body);
    expect(Body).toContain('Call <b>kim</b> & *stay*: defect: it\'s "out" of');
    expect(Body.split('\n').at(-1)).toBe(LINK);
    expect(Array.from(Body).length).toBeLessThan(800);
  });

  it('are text in a PagerDuty event', async () => {
    const routingKey = 'K'.repeat(32);
    pagerduty.setRoutingKey(routingKey);

    const answer = await sendFailure({
      channel: 'pagerduty',
      keys: { routingKey },
      apiUrl: pagerduty.url,
    });

    expect(answer).toEqual({ state: 'accepted' });
    expect(pagerduty.events).toHaveLength(1);
    expect(pagerduty.events[0]).toMatchObject({
      dedup_key: 'fairlead/staging/shop',
      payload: {
        summary: expect.stringMatching(
          /^\[staging\] 🔥 shop "is" down: .*: shop, d-1: Call <b>kim<\/b> & \*stay\*: defect: /,
        ),
        group: 'staging',
      },
    });
    expectKept(textsOf(pagerduty.events[0]).join('\n'));
  });

  it('are text in an FCM push', async () => {
    const answer = await sendFailure({
      ...firebaseSettings(),
      notificationTopics: ['deployments'],
    });

    expect(answer).toEqual({ state: 'accepted' });
    expect(firebase.fcm.messages).toHaveLength(1);
    const { notification, data } = firebase.fcm.messages[0]!;
    expect(notification.title).toMatch(/^\[staging\] 🔥 shop "is" down: defect: /);
    expect(notification.body).toMatch(/^d-1\nCall <b>kim<\/b> & \*stay\*: defect: it's "out" of /);
    expect(data).toMatchObject({ deploymentId: 'd-1', environment: 'staging', link: LINK });
  });

  it('are text in a mail document, and its title is the subject on one line', async () => {
    const answer = await sendFailure({ ...firebaseSettings(), emailTo: ['ops@example.com'] });

    expect(answer).toEqual({ state: 'accepted' });
    const [document, ...more] = [...firebase.firestore.documents.values()];
    expect(more).toEqual([]);
    const { subject, text, html } = (document as { message: Record<string, string> }).message;
    expect(subject).toMatch(/^\[staging\] 🔥 shop "is" down: defect: it's "out" of .*$/);
    expectKept(text!);
    expect(text).toContain('Call <b>kim</b> & *stay*: defect: ');
    expectKept(html!);
    expect(html).toContain(
      'Call &lt;b&gt;kim&lt;/b&gt; &amp; *stay*: defect: it&#39;s &quot;out&quot; of ',
    );
    expect(html).not.toMatch(/<script|<b>kim|<!channel/);
  });
});

it('"One that fails when used is replaced by the built-in message, and the receipt says so"', async () => {
  const sent = slack.messages.length;

  const answer = await sendFailure(
    { channel: 'slack', name: 'slack', webhookUrl: slack.webhookUrl },
    { 'deployment-failed': { title: 'Oh no', text: '{{ciUrl}}' } },
  );

  expect(answer).toEqual({
    state: 'delivered',
    detail:
      'the template for deployment-failed came out blank (text), so the built-in message was sent in its place',
  });
  expect(slack.messages).toHaveLength(sent + 1);
  expect(JSON.stringify(slack.messages.at(-1))).toContain('[staging] Deployment Failed');
});

function firebaseSettings() {
  const { projectId, credentialsFile, url: apiUrl } = firebase;
  return { channel: 'firebase', projectId, credentialsFile, apiUrl } as const;
}

/** Every text in a body, however deep. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
