import { expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { laterLines } from './later.ts';

function aReceipt(destination: string, parts: Partial<Receipt>): Receipt {
  const key = `test-1/deployment-started/${destination}`;
  return { destination, key, state: 'accepted', attempts: 1, at: '2026-11-25T04:40:00Z', ...parts };
}

it('names the workflow of what is said later, and of nothing else', () => {
  const lines = laterLines([
    aReceipt('sms:0199', { confirmedBy: 'confirmation/test-1/deployment-started/sms:0199' }),
    aReceipt('teams', {}),
    aReceipt('firebase:mail', { state: 'delivered', confirmedBy: 'confirmation/other' }),
  ]);

  expect(lines).toEqual([
    expect.stringMatching(
      /^later {2}sms:0199: .* 75 min, .* workflow confirmation\/test-1\/deployment-started\/sms:0199 /,
    ),
  ]);
});
