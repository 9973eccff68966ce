import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { checkReceipts } from './check-receipts.ts';

/** Some hours after a receipt. */
const NOW_MS = Date.parse('2026-01-02T20:00:00Z');

function aReceipt(over: Partial<Receipt> = {}): Receipt {
  return {
    ...{ destination: 'slack', key: 'd-1/deployment-failed/slack', state: 'delivered' },
    ...{ attempts: 1, at: '2026-01-02T03:04:05Z' },
    ...over,
  };
}

describe('checkReceipts', () => {
  it('is content with a destination of which none is dead', () => {
    expect(checkReceipts([aReceipt(), aReceipt({ state: 'pending' })], NOW_MS)).toEqual([
      { name: 'receipts of slack', state: 'ok', detail: '2 in a day, none dead' },
    ]);
  });

  it('warns of what is dead or unknown, by destination, with the cause', () => {
    const receipts = [
      aReceipt({ destination: 'teams' }),
      aReceipt({ state: 'dead', detail: 'answered 404' }),
      aReceipt(),
    ];

    const checks = checkReceipts(receipts, NOW_MS);

    expect(checks).toMatchObject([
      {
        name: 'receipts of slack',
        state: 'warn',
        detail: expect.stringMatching(/^1 of 2 .*: d-1\/deployment-failed\/slack dead$/),
        mend: expect.stringMatching(/^answered 404; /),
      },
      { name: 'receipts of teams', state: 'ok' },
    ]);
  });

  it('names ten at most, and says how many more', () => {
    const many = Array.from({ length: 12 }, (_unused, i) =>
      aReceipt({ key: `d-${i}/x/slack`, state: 'unknown' }),
    );

    const [check] = checkReceipts(many, NOW_MS);

    expect(check?.detail).toMatch(/d-9\/x\/slack unknown, and 2 more$/);
  });

  it('is silent of what is older than a day', () => {
    const old = aReceipt({ state: 'dead', at: '2026-01-01T19:59:59Z' });

    expect(checkReceipts([old], NOW_MS)).toEqual([]);
  });
});
