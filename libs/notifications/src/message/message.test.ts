import { describe, expect, it } from '@jest/globals';
import type { ComponentRecord } from '@fairlead/contracts';
import { aDelivery } from '../fixtures.ts';
import { createMessage } from './message.ts';
import { toPlainText } from './plain-text.ts';

const api: ComponentRecord = {
  name: 'api',
  image: 'registry.example.com/shop/api:2.4.1',
  previousImage: 'registry.example.com/shop/api:2.4.0',
  phase: 'done',
};

function fact(delivery: ReturnType<typeof aDelivery>, label: string): string | undefined {
  return createMessage(delivery).facts.find((one) => one.label === label)?.value;
}

describe('createMessage', () => {
  it.each([
    ['deployment-started', undefined, '[staging] Deployment Started'],
    ['deployment-completed', undefined, '[staging] Deployment Completed'],
    ['deployment-failed', undefined, '[staging] Deployment Failed'],
    ['deployment-failed', 'rollback-failed', '[staging] Deployment Failed: Rollback Failed'],
    ['deployment-failed', 'test', '[staging] TEST: Deployment Failed'],
    ['rollback-initiated', undefined, '[staging] Rollback Initiated'],
    ['rollback-completed', undefined, '[staging] Rollback Completed'],
    ['canary-started', undefined, '[staging] Canary Started'],
    ['canary-completed', undefined, '[staging] Canary Completed'],
    ['canary-promoted', undefined, '[staging] Canary Promoted'],
  ] as const)(
    'names environment and kind, "marked" where the rollback failed: %s, %s',
    (kind, mark, title) => {
      const delivery = aDelivery({ event: { kind, ...(mark && { mark }) } });

      expect(createMessage(delivery).title).toBe(title);
    },
  );

  it.each([
    ['deployment-completed', {}, undefined, 'succeeded'],
    ['rollback-completed', {}, undefined, 'rolled-back'],
    ['rollback-completed', { kind: 'rollback' }, undefined, 'succeeded'],
    ['deployment-failed', { outcome: 'failed' }, undefined, 'failed'],
    ['deployment-failed', {}, 'rollback-failed', 'failed'],
    ['deployment-failed', {}, undefined, undefined],
    ['rollback-initiated', {}, undefined, undefined],
    ['canary-promoted', {}, undefined, undefined],
  ] as const)(
    '"The closing message states the outcome\'s word", and no other does: %s (%j, %s)',
    (kind, facts, mark, word) => {
      const delivery = aDelivery({ event: { kind, ...(mark && { mark }) }, facts });

      expect(fact(delivery, 'Outcome')).toBe(word);
      expect(fact(delivery, 'Runs now') === undefined).toBe(word === undefined);
    },
  );

  it('says of another tool’s deployment who makes it, and that nothing of it is ours', () => {
    const delivery = aDelivery({
      event: { kind: 'deployment-failed' },
      facts: { source: 'command', tool: 'helm', outcome: 'failed', components: [api] },
    });

    expect(fact(delivery, 'Made by')).toBe('helm');
    expect(fact(delivery, 'Runs now')).toBeUndefined();
    expect(createMessage(delivery).action).toMatch(
      /Fairlead itself changed nothing.*helm has left/,
    );
  });

  it.each([
    ['done', 'api registry.example.com/shop/api:2.4.1'],
    ['skipped', 'api registry.example.com/shop/api:2.4.1'],
    ['restored', 'api registry.example.com/shop/api:2.4.0'],
    ['waiting', 'api registry.example.com/shop/api:2.4.0'],
    [
      'canary',
      'api registry.example.com/shop/api:2.4.0 and registry.example.com/shop/api:2.4.1 side by side',
    ],
    [
      'failed',
      'api not certain (before: registry.example.com/shop/api:2.4.0; wanted: registry.example.com/shop/api:2.4.1)',
    ],
  ] as const)(
    '"The closing message states" "what runs now" when the component is %s',
    (phase, expected) => {
      const delivery = aDelivery({
        event: { kind: 'deployment-failed' },
        facts: { outcome: 'failed', components: [{ ...api, phase }] },
      });

      expect(fact(delivery, 'Runs now')).toBe(expected);
    },
  );

  it.each([
    ['it rolls back', {}, undefined, 'It is being rolled back.'],
    [
      'nothing was changed',
      { outcome: 'failed', phase: 'waiting' },
      undefined,
      /^Nothing was left behind.*deploy again/,
    ],
    ['it stopped half way', { outcome: 'failed', phase: 'canary' }, undefined, /still in place/],
    ['the rollback failed', {}, 'rollback-failed', /could not finish.*fairlead explain d-1/],
    ['nothing happened', {}, 'test', /^Nothing to do/],
  ] as const)('says what was done about a failure when %s', (_when, now, mark, expected) => {
    const { outcome, phase = 'canary' } = now as { outcome?: 'failed'; phase?: 'canary' };
    const delivery = aDelivery({
      event: { kind: 'deployment-failed', ...(mark && { mark }) },
      facts: { ...(outcome && { outcome }), components: [{ ...api, phase }] },
    });

    expect(createMessage(delivery).action).toMatch(expected);
  });

  it('carries error and last log line as one clean line when the text from outside is hostile', () => {
    const delivery = aDelivery({
      event: { kind: 'deployment-failed', message: 'gave up\r\n\u001b[2Jon it' },
      facts: {
        reason: 'hot\nfix: [x]\u0000',
        error: { type: 'doomed', message: 'exit 1\nforged: line' },
      },
    });

    const message = createMessage(delivery);

    expect(message.summary).toBe('gave up on it');
    expect(message.error).toBe('doomed: exit 1 forged: line');
    expect(message.facts).toContainEqual({ label: 'Reason', value: 'hot fix: [x]' });
  });

  it.each([
    ['deployment-completed', {}, '1 h 2 min 5 s'],
    ['rollback-completed', {}, '1 h 2 min 5 s'],
    ['deployment-failed', { outcome: 'failed' }, '1 h 2 min 5 s'],
    ['deployment-failed', {}, undefined],
    ['rollback-initiated', {}, undefined],
    ['canary-promoted', {}, undefined],
  ] as const)('says how long it took only when %s (%j) closes', (kind, facts, duration) => {
    const delivery = aDelivery({ event: { kind, at: '2026-01-02T04:06:10.000Z' }, facts });

    expect(fact(delivery, 'Duration')).toBe(duration);
  });

  it('"12 of 60 components": names the cut when there are too many', () => {
    const components = Array.from({ length: 60 }, (_, n) => ({ ...api, name: `c${n}` }));
    const delivery = aDelivery({ facts: { components } });

    expect(fact(delivery, 'Components')).toMatch(/, 12 of 60 components$/);
  });

  it('\'No text says "delivered" of `accepted`\'', () => {
    const text = toPlainText(createMessage(aDelivery({ event: { kind: 'deployment-completed' } })));

    expect(text).not.toMatch(/delivered/i);
  });
});

describe('toPlainText', () => {
  it('says it once when what happened and the error are the same', () => {
    const message = 'api-canary: CrashLoopBackOff';
    const delivery = aDelivery({
      event: { kind: 'deployment-failed', message },
      facts: { error: { type: 'CrashLoopBackOff', message } },
    });

    const lines = toPlainText(createMessage(delivery)).split('\n');

    expect(lines.filter((line) => line.includes('CrashLoopBackOff'))).toEqual([
      'Error: api-canary: CrashLoopBackOff',
    ]);
  });

  it('shows every part on a line of its own when all are there', () => {
    const delivery = aDelivery({
      event: { kind: 'deployment-failed', message: 'api will not come up' },
      facts: { error: { type: 'doomed', message: 'CrashLoopBackOff' } },
    });

    const text = toPlainText(createMessage(delivery, (id) => `http://ui/${id}`));

    expect(text.split('\n')).toEqual([
      '[staging] Deployment Failed',
      'api will not come up',
      'Deployment: d-1',
      'Environment: staging',
      'Application: shop',
      'Type: canary',
      'Components: api registry.example.com/shop/api:2.4.1',
      'Started by: kim',
      'Error: doomed: CrashLoopBackOff',
      'Action: It is being rolled back.',
      'Link: http://ui/d-1',
    ]);
  });
});
