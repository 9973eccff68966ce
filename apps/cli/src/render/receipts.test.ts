import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { countWords, receiptCounts, receiptsText } from './receipts.ts';
import { createStyle } from './style.ts';

const style = createStyle(false);
const LONG =
  'vendor-rejected: slack answered 404 no_service; renew the webhook in the configuration';

function aReceipt(changes: Partial<Receipt> = {}): Receipt {
  return {
    ...{ destination: 'slack', key: 'd-1/deployment-failed/slack', state: 'delivered' },
    ...{ attempts: 1, at: '2026-11-25T04:40:00.123Z' },
    ...changes,
  };
}

describe('receiptsText', () => {
  it('has a line for each with its event, the counts, and what someone must read in full', () => {
    const text = receiptsText(
      [
        aReceipt(),
        aReceipt({ state: 'pending', attempts: 0, heldUntil: '2026-11-26T07:00:00Z' }),
        aReceipt({ key: 'd-1/deployment-failed.2/slack', state: 'dead', detail: LONG }),
        aReceipt({
          destination: 'sms:0199',
          key: 'd-1/deployment-failed/sms:0199',
          state: 'unknown',
        }),
      ],
      style,
    );

    expect(text.split('\n')).toEqual([
      'DESTINATION  EVENT                STATE      TRIES  AT                    DETAIL',
      'slack        deployment-failed    delivered  1      2026-11-25T04:40:00Z  -',
      'slack        deployment-failed    pending    0      2026-11-25T04:40:00Z  held until 2026-11-26T07:00:00Z',
      'slack        deployment-failed.2  dead       1      2026-11-25T04:40:00Z  see below',
      'sms:0199     deployment-failed    unknown    1      2026-11-25T04:40:00Z  see below',
      '',
      '1 pending, 1 delivered, 1 unknown, 1 dead',
      `dead  d-1/deployment-failed.2/slack: ${LONG}`,
      'unknown  d-1/deployment-failed/sms:0199: no answer',
    ]);
  });

  it('says whose they are where several deployments are shown', () => {
    const [header, line] = receiptsText([{ deploymentId: 'd-1', ...aReceipt() }], style).split(
      '\n',
    );

    expect(header).toMatch(/^DEPLOYMENT {2}DESTINATION/);
    expect(line).toMatch(/^d-1 {9}slack/);
  });

  it('lets no vendor’s answer drive the terminal', () => {
    const text = receiptsText([aReceipt({ state: 'dead', detail: 'a\u001b[2J\nb' })], style);

    expect(text).toContain('dead  d-1/deployment-failed/slack: a b');
  });
});

describe('receiptCounts', () => {
  it('counts by state in the order of the closed set, a newer worker’s last', () => {
    const states = ['dead', 'newer', 'accepted', 'dead'].map((state) =>
      aReceipt({ state: state as Receipt['state'] }),
    );

    expect(Object.entries(receiptCounts(states))).toEqual([
      ['accepted', 1],
      ['dead', 2],
      ['newer', 1],
    ]);
    expect(countWords(states)).toBe('1 accepted, 2 dead, 1 newer');
  });
});
