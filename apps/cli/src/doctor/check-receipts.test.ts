import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { checkReceipts, unheardChannels } from './check-receipts.ts';

function aReceipt(over: Partial<Receipt> = {}): Receipt {
  return {
    ...{ destination: 'slack', key: 'd-1/deployment-failed/slack', state: 'delivered' },
    ...{ attempts: 1, at: '2026-01-02T03:04:05Z' },
    ...over,
  };
}

describe('checkReceipts', () => {
  it('is content with a destination of which none is dead', () => {
    expect(checkReceipts([aReceipt(), aReceipt({ state: 'pending' })])).toEqual([
      { name: 'receipts of slack', state: 'ok', detail: '2 of late, none dead' },
    ]);
  });

  it('warns of what is dead or unknown, by destination, with the cause', () => {
    const checks = checkReceipts([
      aReceipt({ destination: 'teams' }),
      aReceipt({ state: 'dead', detail: 'answered 404' }),
      aReceipt(),
    ]);

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

    const [check] = checkReceipts(many);

    expect(check?.detail).toMatch(/d-9\/x\/slack unknown, and 2 more$/);
  });
});

it('skips a channel of which nothing is known, and says how to try it', () => {
  const checks = unheardChannels(['slack', 'sms'], [aReceipt({ destination: 'slack:releases' })]);

  expect(checks).toMatchObject([
    {
      name: 'channel sms',
      state: 'skipped',
      mend: expect.stringMatching(/notify test --channel sms/),
    },
  ]);
});
