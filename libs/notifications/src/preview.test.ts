import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { NotifiedKind } from '@fairlead/contracts';
import { createMessage } from './message/message.ts';
import { sampleDelivery } from './message/sample-delivery.ts';
import type { SampleOverrides } from './message/sample-delivery.ts';
import { linkTo, startPreviewStage } from './contract-suite/preview-stage.ts';
import type { PreviewStage, StageName } from './contract-suite/preview-stage.ts';
import { MAIL_KINDS } from './firebase/mail-document.ts';

import { withTemplates } from './templates/with-templates.ts';

// The mock vendors keep only what the closed schemas in libs/testing/schemas take.
const DESTINATIONS: readonly StageName[] = ['slack', 'teams', 'sms', 'pagerduty', 'push', 'mail'];
const TABLE = NOTIFIED_KINDS.flatMap((kind) =>
  DESTINATIONS.filter((name) => name !== 'mail' || isMailed(kind)).map((name) => ({ kind, name })),
);

const LONG =
  '<b>&"\'`*_~[x](https://evil.example)</b>{{DATE(1)}}\u001b[31m\u0000\u202e\r\n😀'.repeat(2_500);
const HOSTILE: SampleOverrides = {
  event: { message: LONG },
  facts: {
    environment: 'stag"ing\r\nBcc: eve@example.com',
    application: '<!channel> </td><script>',
    actor: '@here',
    reason: LONG,
    error: { type: 'defect', message: LONG },
    components: Array.from({ length: 60 }, (_, n) => ({
      name: `c${n}`,
      image: LONG.slice(0, 2_000),
      phase: 'failed' as const,
    })),
  },
};

let stage: PreviewStage;

beforeAll(async () => {
  stage = await startPreviewStage();
});

afterAll(() => stage.stop());

function deliveryTo(name: StageName, kind: NotifiedKind, overrides: SampleOverrides = {}) {
  const { destination } = stage.on[name];
  const id = `${expect.getState().currentTestName ?? ''}/${kind}`;
  const event = { id, ...overrides.event };
  return sampleDelivery(kind, { ...overrides, destination: destination.name, event });
}

describe('a preview', () => {
  it.each(
    TABLE.flatMap((row) => [
      { ...row, facts: 'full', overrides: {} },
      { ...row, facts: 'hostile', overrides: HOSTILE },
    ]),
  )(
    'of $kind for $name with $facts facts is what is sent, and valid',
    async ({ kind, name, overrides }) => {
      const { destination, sent, reveal } = stage.on[name];
      const delivery = deliveryTo(name, kind, overrides);

      const previews = destination.preview?.(delivery) ?? [];
      const before = sent().length;
      const answer = await destination.send(delivery, AbortSignal.timeout(30_000));

      const requests = sent().slice(before);
      expect(previews.map(({ body }) => reveal(body))).toEqual(requests.map(({ body }) => body));
      expect(previews.map(({ method }) => method)).toEqual(requests.map(({ method }) => method));
      expect(answer.state).toMatch(
        previews.length === 0 ? /^suppressed$/ : /^(accepted|delivered)$/,
      );
      expect(answer.detail ?? '').not.toContain('plain text');
    },
  );

  it.each(DESTINATIONS)('for %s has address and headers, but for what is hidden', async (name) => {
    const { destination, sent } = stage.on[name];
    const delivery = deliveryTo(name, 'deployment-failed');

    const [preview] = destination.preview?.(delivery) ?? [];
    await destination.send(delivery, AbortSignal.timeout(30_000));

    const request = sent().at(-1);
    expect(isShownAs(preview?.url, request?.url)).toBe(true);
    const headers = Object.entries(preview?.headers ?? {});
    // The mock of Firestore keeps none.
    const seen = request?.headers ?? { authorization: 'Bearer token' };
    expect(headers.filter(([header, shown]) => !isShownAs(shown, seen[header]))).toEqual([]);
  });

  it.each(DESTINATIONS)('for %s holds no secret', (name) => {
    const { destination } = stage.on[name];

    const shown = JSON.stringify(destination.preview?.(deliveryTo(name, 'deployment-failed')));

    expect(shown).toContain('Deployment Failed');
    for (const secret of stage.secrets) expect(shown).not.toContain(secret);
  });

  it('shows people’s own words where there are some', () => {
    const templates = { 'deployment-failed': { text: 'look at once' } };
    const own = withTemplates(stage.on.teams.destination, { templates });

    const shown = JSON.stringify(own.preview?.(deliveryTo('teams', 'deployment-failed')));

    expect(shown).toContain('look at once');
  });

  it('shows phone numbers by their last four digits', () => {
    const { destination } = stage.on.sms;

    const [preview] = destination.preview?.(deliveryTo('sms', 'deployment-failed')) ?? [];

    expect(preview?.body).toMatchObject({ To: '[hidden]0199', From: '[hidden]0006' });
  });

  it.each([
    ['sms', ['rollback-initiated']],
    [
      'pagerduty',
      [
        'deployment-started',
        'rollback-initiated',
        'canary-started',
        'canary-completed',
        'canary-promoted',
        'remediation-proposed',
        'remediation-attempted',
      ],
    ],
  ] as const)('is none where %s is told nothing, and it says why', async (name, kinds) => {
    const { destination } = stage.on[name];
    const silent = NOTIFIED_KINDS.filter(
      (kind) => destination.preview?.(deliveryTo(name, kind)).length === 0,
    );

    expect(silent).toEqual(kinds);
    for (const kind of silent) {
      const delivery = deliveryTo(name, kind);
      const answer = await destination.send(delivery, AbortSignal.timeout(30_000));
      expect(answer).toEqual({ state: 'suppressed', detail: destination.withheld?.(delivery) });
    }
  });
});

it('"notification with the exact command": every channel that is told of a proposal says how to say yes', () => {
  const told = TABLE.flatMap(({ name }) => {
    const previews = stage.on[name].destination.preview?.(deliveryTo(name, 'remediation-proposed'));
    return previews === undefined || previews.length === 0 ? [] : [{ name, previews }];
  });

  expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining(['slack', 'teams', 'sms']));
  for (const { name, previews } of told) {
    expect([name, JSON.stringify(previews)]).toEqual([
      name,
      expect.stringMatching(/fairlead approve pod_crash\/[\w-]+ -e [\w-]+ -a [\w-]+/),
    ]);
  }
});

describe('every channel', () => {
  const facts = TABLE.filter(({ name }) => name !== 'sms');

  it.each(facts)('tells all facts of $kind: $name', ({ kind, name }) => {
    const delivery = deliveryTo(name, kind);
    const { preview, withheld } = stage.on[name].destination;
    const { facts: list, title, summary, error, action, link } = createMessage(delivery, linkTo);

    const shown = JSON.stringify(preview?.(delivery));

    const texts = [title, summary, error, action, link, ...list.map(({ value }) => value)];
    const missing = texts.filter((text) => text !== undefined && !shown.includes(text));
    expect(missing).toEqual(withheld?.(delivery) === undefined ? [] : texts.filter(Boolean));
  });

  it.each(NOTIFIED_KINDS)(
    'tells in an SMS of %s what it is about, and where to read on',
    (kind) => {
      const { preview, withheld } = stage.on.sms.destination;
      const delivery = deliveryTo('sms', kind);
      const { title, link } = createMessage(delivery, linkTo);

      const [shown] = preview?.(delivery) ?? [];

      const body = [title, delivery.facts.deploymentId, link].map((text) =>
        expect.stringContaining(text ?? ''),
      );
      const isTold = withheld?.(delivery) === undefined;
      expect(shown !== undefined).toBe(isTold);
      for (const Body of isTold ? body : []) expect(shown?.body).toMatchObject({ Body });
    },
  );
});

function isShownAs(shown: string | undefined, actual: unknown): boolean {
  if (typeof actual !== 'string' || shown === undefined) return false;
  const [head = '', tail] = shown.split('[hidden]');
  return tail === undefined ? actual === head : actual.startsWith(head) && actual.endsWith(tail);
}

function isMailed(kind: NotifiedKind): boolean {
  return MAIL_KINDS.some((one) => one === kind);
}
