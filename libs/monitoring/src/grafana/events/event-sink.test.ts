import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { readGrafanaContract, startMockGrafana } from '@fairlead/testing/vendors';
import type { MockGrafana } from '@fairlead/testing/vendors';
import { aDelivery } from '../fixtures.ts';
import { createGrafana } from '../grafana.ts';

const START = Date.parse('2026-01-02T03:04:05.000Z');
const MINUTE = 60_000;

const contract = readGrafanaContract();

let vendor: MockGrafana;

beforeEach(async () => {
  vendor = await startMockGrafana(contract);
});

afterEach(() => vendor.stop());

type Parts = NonNullable<Parameters<typeof aDelivery>[0]>;
type Kind = (typeof NOTIFIED_KINDS)[number];

function sink() {
  const { url, apiKey } = vendor;
  const { events } = createGrafana({ url, apiKey, alerts: false });
  if (events === undefined) throw new Error('Grafana takes no events');
  return events;
}

function send(parts: Parts = {}) {
  return sink().send(aDelivery(parts), AbortSignal.timeout(10_000));
}

/** The kinds one after another, a minute apart. */
async function tell(kinds: readonly Kind[], parts: Parts = {}) {
  for (const [index, kind] of kinds.entries()) {
    const at = new Date(START + index * MINUTE).toISOString();
    await send({ ...parts, event: { at, ...parts.event, kind } });
  }
}

function spans() {
  return vendor.annotations.filter(({ tags }) => tags.includes('span:deployment'));
}

function writes() {
  return vendor.received.filter(({ method }) => method !== 'GET').length;
}

it('takes all kinds that people are notified of', () => {
  expect(sink().kinds).toEqual(NOTIFIED_KINDS);
});

describe('a deployment', () => {
  it('is an annotation that opens at the start and closes at the end', async () => {
    const answer = await send();

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.annotations).toMatchObject([
      {
        time: START,
        timeEnd: START,
        tags: expect.arrayContaining([
          'deployment',
          'environment:staging',
          'application:shop',
          'id:d-1',
        ]),
        text: 'Deployment started: shop in staging, canary deployment d-1 by kim. canary of api begins',
      },
    ]);

    const at = '2026-01-02T03:10:05.000Z';
    await send({ event: { kind: 'deployment-completed', at, message: 'done' } });

    expect(vendor.annotations).toMatchObject([
      {
        time: START,
        timeEnd: START + 6 * MINUTE,
        tags: expect.arrayContaining(['deployment', 'id:d-1', 'outcome:succeeded']),
        text: expect.stringMatching(/^Deployment completed: .*done$/),
      },
    ]);
  });

  it('has one span and a point for each thing on the way', async () => {
    await tell([
      'deployment-started',
      'canary-started',
      'canary-completed',
      'canary-promoted',
      'deployment-completed',
    ]);

    expect(vendor.annotations.map(({ time, timeEnd }) => [time, timeEnd])).toEqual([
      [START, START + 4 * MINUTE],
      [START + MINUTE, START + MINUTE],
      [START + 2 * MINUTE, START + 2 * MINUTE],
      [START + 3 * MINUTE, START + 3 * MINUTE],
    ]);
    expect(vendor.annotations[1]?.tags).toEqual(
      expect.arrayContaining(['deployment', 'event:canary-started', 'id:d-1']),
    );
  });

  it('closes when the way back has ended, not at the failure', async () => {
    await tell([
      'deployment-started',
      'deployment-failed',
      'rollback-initiated',
      'rollback-completed',
    ]);

    expect(spans()).toMatchObject([
      {
        timeEnd: START + 3 * MINUTE,
        tags: expect.arrayContaining(['outcome:rolled-back']),
      },
    ]);
    expect(vendor.annotations).toHaveLength(3);
  });

  it.each([
    ['there was nothing to undo', { facts: { outcome: 'failed' } }],
    ['the rollback failed', { event: { mark: 'rollback-failed', id: 'd-1/deployment-failed.2' } }],
  ] as const)('closes at the failure when %s', async (_why, parts: Parts) => {
    await send();
    const at = '2026-01-02T03:05:05.000Z';
    const event = { ...parts.event, kind: 'deployment-failed', at } as const;
    await send({ ...parts, event });

    expect(vendor.annotations).toMatchObject([
      { timeEnd: START + MINUTE, tags: expect.arrayContaining(['outcome:failed']) },
    ]);
  });

  it('opens with the first word of a rollback that was asked for', async () => {
    await tell(['rollback-initiated', 'rollback-completed'], { facts: { kind: 'rollback' } });

    expect(vendor.annotations).toMatchObject([
      { time: START, timeEnd: START + MINUTE, tags: expect.arrayContaining(['outcome:succeeded']) },
    ]);
  });

  it('is told from another one of the same application', async () => {
    await send();
    await send({ facts: { deploymentId: 'd-2' } });
    const at = '2026-01-02T03:05:05.000Z';
    await send({ event: { kind: 'deployment-completed', at }, facts: { deploymentId: 'd-2' } });

    expect(spans().map(({ timeEnd }) => timeEnd - START)).toEqual([0, MINUTE]);
  });

  it.each([
    ['was never taken', () => undefined],
    ['is deleted meanwhile', () => vendor.annotations.splice(0)],
  ])('is whole at its end when its beginning %s', async (_what, happen) => {
    await send({ facts: { deploymentId: _what === 'was never taken' ? 'other' : 'd-1' } });
    vendor.before('PATCH', happen);
    const at = '2026-01-02T03:05:05.000Z';
    const end = { event: { kind: 'deployment-completed', at } } as const;

    await send(end);
    const first = structuredClone(vendor.annotations);
    await send(end);

    expect(vendor.annotations).toEqual(first);
    expect(spans().filter(({ tags }) => tags.includes('id:d-1'))).toMatchObject([
      { time: START, timeEnd: START + MINUTE, tags: expect.arrayContaining(['outcome:succeeded']) },
    ]);
  });

  it('opens no second span when its beginning is told after its end', async () => {
    await send({ event: { kind: 'deployment-completed', at: '2026-01-02T03:05:05.000Z' } });

    await send();

    expect(vendor.annotations).toHaveLength(1);
  });
});

describe('a repeat', () => {
  it.each(NOTIFIED_KINDS)('of %s under the same key changes nothing', async (kind) => {
    await send();
    await send({ event: { kind } });
    const before = structuredClone(vendor.annotations);
    const sent = writes();

    const answer = await send({ event: { kind } });

    expect(answer).toEqual({ state: 'accepted' });
    expect(vendor.annotations).toEqual(before);
    expect(writes()).toBe(sent);
  });

  it.each([
    ['deployment-started', 'POST'],
    ['canary-started', 'POST'],
    ['deployment-completed', 'PATCH'],
  ] as const)('of %s after a lost answer looks before it sends', async (kind, method) => {
    if (kind !== 'deployment-started') await send();
    vendor.loseAnswer(method);

    await expect(send({ event: { kind } })).rejects.toMatchObject({ type: 'vendor-unreachable' });
    const kept = structuredClone(vendor.annotations);
    await send({ event: { kind } });

    expect(vendor.annotations).toEqual(kept);
  });
});

describe('what comes from outside', () => {
  it('is no HTML and no control character', async () => {
    await send({
      event: { message: '<a href="https://evil.example">\u001b[31mthis\u202e</a>\n&' },
    });

    const [annotation] = vendor.annotations;
    expect(annotation?.text).toContain('&lt;a href="https://evil.example"&gt;this&lt;/a&gt; &amp;');
  });

  it('fits into the tags, however long names are', async () => {
    const long = { environment: 'e'.repeat(600), application: 'ü'.repeat(600) };
    const facts = { ...long, deploymentId: 'd'.repeat(600) };

    await send({ facts });
    await send({ facts, event: { kind: 'deployment-completed', at: '2026-01-02T03:05:05.000Z' } });

    expect(vendor.annotations).toMatchObject([{ timeEnd: START + MINUTE }]);
  });

  it('is no deployment when somebody only tries whether it arrives', async () => {
    await send({ event: { mark: 'test' } });

    expect(vendor.annotations).toHaveLength(1);
    expect(vendor.annotations[0]?.tags).toContain('fairlead-test');
    expect(vendor.annotations[0]?.tags).not.toContain('deployment');
    expect(spans()).toEqual([]);
  });
});

it('is final when Grafana refuses it', async () => {
  vendor.misbehave({ status: 200, body: '[]' }, { status: 400, body: '{"message":"no"}' });

  await expect(send()).rejects.toMatchObject({ type: 'vendor-rejected', retryable: false });
});
