import { describe, expect, it } from '@jest/globals';
import type { Answer, Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import { createMessage } from '../message/message.ts';
import type { Told } from './told.ts';
import { withTemplates } from './with-templates.ts';
import type { ChannelTemplates } from './with-templates.ts';

type Parts = Parameters<typeof aDelivery>[0];

const FAILED: Parts = {
  event: { kind: 'deployment-failed', message: 'api crashes' },
  facts: { error: { type: 'defect', message: 'it crashes' } },
};

/** Sends one message through a destination that keeps what it gets. */
async function sendBy(
  templates: ChannelTemplates,
  told: Told,
  answer: Answer = { state: 'accepted' },
) {
  const got: Told[] = [];
  const inner: Destination = {
    name: 'fake',
    road: 'keyed',
    kinds: [],
    preview: (delivery) => {
      got.push(delivery);
      return [];
    },
    send: (delivery) => {
      got.push(delivery);
      return Promise.resolve(answer);
    },
  };
  const destination = withTemplates(inner, { templates, linkTo: (id) => `https://ui/${id}` });
  const receipt = await destination.send(told, AbortSignal.timeout(1_000));
  destination.preview?.(told);
  return { receipt, sent: got[0]!, shown: got[1] };
}

async function messageOf(templates: ChannelTemplates, parts: Parts) {
  const { sent, shown } = await sendBy(templates, aDelivery(parts));
  expect(shown).toEqual(sent);
  return createMessage(sent);
}

describe('people’s own template', () => {
  it('"yields text fields only": title and text, in what is sent and in what is previewed; all else stays', async () => {
    const own = { title: '{{application}} is down', text: 'Call {{actor}}: {{error}} {{link}}' };
    const builtIn = createMessage(aDelivery(FAILED));

    const message = await messageOf({ 'deployment-failed': own }, FAILED);

    expect(message).toEqual({
      ...builtIn,
      title: '[staging] shop is down',
      summary: 'Call kim: defect: it crashes https://ui/d-1',
      own: ['title', 'text'],
    });
  });

  it.each([
    [{ title: 'Oh no' }, { title: '[staging] Oh no', summary: 'api crashes' }],
    [{ text: 'Oh no' }, { title: '[staging] Deployment Failed', summary: 'Oh no' }],
  ])('may have only one of the two: %j', async (own, expected) => {
    expect(await messageOf({ 'deployment-failed': own }, FAILED)).toMatchObject(expected);
  });

  it('has the environment put before its title once', async () => {
    const own = { title: '[{{environment}}] Oh no' };

    expect(await messageOf({ 'deployment-failed': own }, FAILED)).toMatchObject({
      title: '[staging] Oh no',
    });
  });

  it('cannot hide that a rollback failed', async () => {
    const parts = { event: { kind: 'deployment-failed', mark: 'rollback-failed' } } as const;

    expect(await messageOf({ 'deployment-failed': { title: 'Oh no' } }, parts)).toMatchObject({
      title: '[staging] Oh no: Rollback Failed',
    });
  });

  it('is for its own kind alone', async () => {
    const templates = { 'deployment-failed': { title: 'Oh no' } };

    expect(await messageOf(templates, {})).toEqual(createMessage(aDelivery()));
  });

  it('is not for a digest, which tells of many', async () => {
    const digest = { count: 2, counts: [], first: [] };
    const delivery = { ...aDelivery(FAILED), digest };

    const { sent, receipt } = await sendBy({ 'deployment-failed': { title: 'Oh no' } }, delivery);

    expect(sent).toEqual(delivery);
    expect(receipt).toEqual({ state: 'accepted' });
  });
});

describe('a template that comes out blank', () => {
  const templates = { 'deployment-started': { title: 'It begins', text: '{{reason}}' } };
  const note =
    'the template for deployment-started came out blank (text), so the built-in message was sent in its place';

  it.each([
    [{ state: 'accepted' }, { state: 'accepted', detail: note }],
    [
      { state: 'delivered', detail: 'ok' },
      { state: 'delivered', detail: `ok; ${note}` },
    ],
    [
      { state: 'suppressed', detail: 'covered' },
      { state: 'suppressed', detail: 'covered' },
    ],
  ] as const)(
    '"is replaced by the built-in message, and the receipt says so": %j',
    async (answer, receipt) => {
      const result = await sendBy(templates, aDelivery(), answer);

      expect(result.sent).toEqual(aDelivery());
      expect(result.receipt).toEqual(receipt);
    },
  );

  it('is in use again where the run has what it names', async () => {
    const { sent, receipt } = await sendBy(templates, aDelivery({ facts: { reason: 'a fix' } }));

    expect(sent.texts).toEqual({ title: 'It begins', text: 'a fix' });
    expect(receipt).toEqual({ state: 'accepted' });
  });
});
