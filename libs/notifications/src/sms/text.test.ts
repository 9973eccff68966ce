import { describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { EventKind } from '@fairlead/contracts';
import { aDelivery } from '../fixtures.ts';
import { createMessage } from '../message/message.ts';
import { segmentsOf } from './segments.ts';
import { toText } from './text.ts';

const LINK = 'https://temporal.example.com/deployments/d-1';
const ERROR = { type: 'defect', message: 'out of memory' } as const;

type Parts = NonNullable<Parameters<typeof aDelivery>[0]>;

function textOf(kind: EventKind, parts: Parts = {}, link: string | undefined = LINK): string {
  const delivery = aDelivery({ ...parts, event: { ...parts.event, kind } });
  return toText(
    createMessage(delivery, () => link),
    kind,
  );
}

describe('the text of an SMS', () => {
  it('of a "`deployment-failed`" "says that it rolls back", where, which, why, and where to read on', () => {
    const text = textOf('deployment-failed', { facts: { error: ERROR } });

    expect(text.split('\n')).toEqual([
      '[staging] Deployment Failed',
      'd-1',
      'It is being rolled back.',
      'defect: out of memory',
      LINK,
    ]);
  });

  it('of a rollback "states the outcome\'s word and what runs now"', () => {
    const text = textOf('rollback-completed', { facts: { error: ERROR } });

    expect(text.split('\n')).toEqual([
      '[staging] Rollback Completed',
      'd-1: rolled-back',
      expect.stringMatching(/^Runs now: api .*\.\.\.\(cut\)$/),
      LINK,
    ]);
  });

  it.each(NOTIFIED_KINDS)(
    'of kind %s is one segment, "the cut named, title, ID, environment and links always kept"',
    (kind) => {
      const long = 'a long story '.repeat(100);

      const text = textOf(kind, {
        event: { message: long },
        facts: { error: { type: 'defect', message: long }, reason: long },
      });

      expect(segmentsOf(text)).toBe(1);
      expect(text).toContain('...(cut)');
      for (const kept of ['[staging] ', 'd-1', LINK]) expect(text).toContain(kept);
    },
  );

  it('takes a second segment where the link needs it, and uses it', () => {
    const link = `https://temporal.example.com/${'w'.repeat(140)}`;

    const text = textOf('deployment-failed', { facts: { error: ERROR } }, link);

    expect(segmentsOf(text)).toBe(2);
    for (const kept of ['[staging]', 'd-1', 'rolled back', 'out of memory', link]) {
      expect(text).toContain(kept);
    }
  });

  it('says what a person must do, whole, when a rollback fails', () => {
    const text = textOf('deployment-failed', {
      event: { mark: 'rollback-failed' },
      facts: { error: ERROR },
    });

    expect(text).toContain('someone must act: fairlead explain d-1');
  });

  it('does not pay for one strange character in an error', () => {
    const message = '‘api’ can’t start — “✗ exit 137”…';

    const text = textOf('deployment-failed', { facts: { error: { type: 'defect', message } } });

    expect(text).toContain(`'api' can't start - "? exit 137"...`);
    expect(segmentsOf(text)).toBe(1);
  });

  it('keeps the names that people gave, whatever they are written in', () => {
    const text = textOf('deployment-failed', { facts: { environment: '운영', error: ERROR } });

    expect(text).toContain('[운영] Deployment Failed');
    expect(text).toContain(LINK);
  });

  it('"cut by code points"', () => {
    const text = textOf('deployment-started', {
      facts: { environment: '운영' },
      event: { message: '🚀'.repeat(400) },
    });

    expect(text.isWellFormed()).toBe(true);
  });

  it('leaves out a link that Twilio would not take', () => {
    const text = textOf('deployment-failed', {}, `https://example.com/${'w'.repeat(2_000)}`);

    expect(text).toContain('[staging] Deployment Failed\nd-1\n');
    expect(text).not.toContain('https:');
  });

  it('needs no link', () => {
    const delivery = aDelivery();

    expect(toText(createMessage(delivery), 'deployment-started')).toMatch(
      /^\[staging\] Deployment Started\nd-1\n/,
    );
  });

  it.each(['deployment-failed', 'canary-started'] as const)(
    'holds people’s own text of a %s whole, in their own letters, once',
    (kind) => {
      const own = '담당자에게 전화하세요. '.repeat(12).trim();
      const delivery = { ...aDelivery({ event: { kind } }), texts: { text: own } };

      const lines = toText(
        createMessage(delivery, () => LINK),
        kind,
      ).split('\n');

      expect(lines.filter((line) => line.includes('담당자'))).toEqual([own]);
      expect(lines.at(-1)).toBe(LINK);
    },
  );

  it('cuts people’s own text where it would cost too much', () => {
    const delivery = { ...aDelivery(), texts: { text: 'w'.repeat(1_000) } };

    const text = toText(
      createMessage(delivery, () => LINK),
      'deployment-started',
    );

    expect(text).toContain(`${'w'.repeat(292)}...(cut)\n`);
    expect(segmentsOf(text)).toBe(3);
  });
});
