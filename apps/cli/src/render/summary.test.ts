import { describe, expect, it } from '@jest/globals';
import type { ClusterChange, ComponentSnapshot, Receipt } from '@fairlead/contracts';
import { NOW_MS, aRecord } from '@fairlead/client/internal/testing/fixtures';
import { explanation } from './explain.ts';
import { createStyle } from './style.ts';
import { summary } from './summary.ts';

const options = { nowMs: NOW_MS, style: createStyle(false) };
const component: ComponentSnapshot = {
  name: 'api',
  workload: 'api',
  uid: 'u',
  replicas: 4,
  images: [],
  templateDigest: 'd',
  previousImage: 'shop/api:1',
  traffic: { router: 'replicas' },
  dependencies: [],
};
const left: ClusterChange[] = [
  { kind: 'remove-canary', component },
  { kind: 'images', component, to: 'old' },
];

function aReceipt(changes: Partial<Receipt>): Receipt {
  return {
    ...{ destination: 'slack', key: 'k', state: 'delivered', attempts: 1 },
    at: '2026-11-25T04:34:00Z',
    ...changes,
  };
}

describe('summary', () => {
  it.each([
    ['succeeded', '✔ succeeded after 4m 05s'],
    ['rolled-back', '↺ rolled back after 4m 05s'],
    ['failed', '✖ failed after 4m 05s'],
    ['refused', '⊘ refused after 4m 05s'],
  ] as const)('begins with the outcome when it %s', (outcome, head) => {
    const [first] = summary(aRecord({ outcome, durationSeconds: 245 }), options).split('\n');

    expect(first).toBe(`${head}  staging/shop  canary  20261125-043312-x7k2qp`);
  });

  it('says where a running one is, wanted and real', () => {
    expect(summary(aRecord(), options)).toContain('step 2 of 3, weight 10%, really 25%');
  });

  it('says of another tool’s deployment who makes it, and what its last lines were', () => {
    const record = aRecord({
      ...{ outcome: 'failed', source: 'command', tool: 'helm', output: ['timed\u001b[2J out'] },
    });

    expect(summary(record, options)).toContain('made by helm, wrapped by `fairlead run`');
    expect(summary(record, options)).toContain('Fairlead itself changed nothing');
    expect(explanation(record, options)).toMatch(/Its last lines:\n  timed out$/m);
  });

  it('says what is tried again, and why', () => {
    const troubles = [{ activity: 'clusterSnapshot', attempt: 7, message: 'no route\u001b[2J' }];

    expect(summary(aRecord({ phase: 'planned' }), { ...options, troubles })).toContain(
      '\n  clusterSnapshot is tried again (attempt 7): no route',
    );
  });

  it('names what is left in the cluster, in the order of undoing, and what to do', () => {
    const text = summary(aRecord({ outcome: 'failed', left }), options);

    expect(text).toMatch(/to get its old images[^]*api-canary, to be removed[^]*fairlead rollback/);
  });

  it.each(['pending', 'unknown', 'dead', 'delivered'] as const)(
    'says where to look after the end when a receipt is %s',
    (state) => {
      const deliveries = [aReceipt({ state })];
      const pointer = '; see `fairlead deliveries 20261125-043312-x7k2qp`';
      const expected = `\n  deliveries: 1 ${state}${state === 'delivered' ? '' : pointer}`;

      expect(`${summary(aRecord({ outcome: 'succeeded', deliveries }), options)}\n`).toContain(
        `${expected}\n`,
      );
      expect(summary(aRecord({ deliveries }), options)).not.toContain('see');
    },
  );

  it('keeps hostile text on its line', () => {
    const text = summary(
      aRecord({ reason: 'x\n\u001b[2Jowned', error: { type: 't', message: 'a\rb' } }),
      options,
    );

    expect(text).toContain('x owned');
    expect(text).toContain('t: a b');
    expect(text).not.toContain('\u001b');
  });
});

describe('explanation', () => {
  it('adds the timeline and who was not told', () => {
    const dead = aReceipt({ state: 'dead', detail: 'channel_not_found\u001b[2J' });
    const text = explanation(aRecord({ deliveries: [dead] }), options);

    expect(text).toMatch(/04:33:13 canary-started {2}10 % of api/);
    expect(text).toMatch(/^ {2}slack: dead, channel_not_found$/m);
    expect(text).not.toContain('In a digest');
  });

  it('says what went to a digest or in place of another', () => {
    const deliveries = [
      aReceipt({ detail: 'ok' }),
      aReceipt({ state: 'pending', detail: 'too many at once: it is told in a digest' }),
      aReceipt({ detail: 'in digest/d-1/canary-started/slack: ok' }),
      aReceipt({ state: 'pending', heldUntil: '2026-11-25T22:00:00Z' }),
      aReceipt({
        destination: 'teams',
        state: 'pending',
        detail: 'in place of slack, which is dead',
      }),
    ];
    const lines = explanation(aRecord({ deliveries }), options).split('\n');

    expect(lines.slice(lines.indexOf('In a digest, or in place of another:') + 1)).toEqual([
      '  slack: pending, too many at once: it is told in a digest',
      '  slack: delivered, in digest/d-1/canary-started/slack: ok',
      '  slack: pending, held until 2026-11-25T22:00:00Z',
      '  teams: pending, in place of slack, which is dead',
    ]);
  });
});
