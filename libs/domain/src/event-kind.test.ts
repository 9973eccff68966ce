import { describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS, TIMELINE_KINDS } from '@fairlead/contracts';
import { eventTypeOf, isNotified } from './event-kind.ts';

describe('the kinds of events', () => {
  it.each(NOTIFIED_KINDS)('notify of %s', (kind) => {
    const notified = isNotified(kind);

    expect(notified).toBe(true);
  });

  it.each(TIMELINE_KINDS)('leave %s to the timeline', (kind) => {
    const notified = isNotified(kind);

    expect(notified).toBe(false);
  });

  it.each([
    ['deployment-started', 'status'],
    ['deployment-completed', 'status'],
    ['deployment-failed', 'failure'],
    ['rollback-initiated', 'rollback'],
    ['rollback-completed', 'rollback'],
    ['canary-started', 'canary'],
    ['canary-completed', 'canary'],
    ['canary-promoted', 'promotion'],
  ] as const)('have a type that roles subscribe to: %s is %s', (kind, expected) => {
    const type = eventTypeOf(kind);

    expect(type).toBe(expected);
  });
});
