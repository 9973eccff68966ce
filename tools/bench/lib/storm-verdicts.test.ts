import { expect, it } from '@jest/globals';
import { stormVerdicts } from './storm-verdicts.ts';
import type { Storm, StormCall } from './storm-verdicts.ts';

function aCall(parts: Partial<StormCall> = {}): StormCall {
  const times = { startedMs: 1_000, endedMs: 1_100 };
  return { destination: 'slack', events: 1, state: 'delivered', ...times, ...parts };
}

function aStorm(parts: Partial<Storm> = {}): Storm {
  return {
    ...{ calls: [aCall(), aCall({ startedMs: 61_000, endedMs: 120_000, events: 2 })] },
    ...{ failedMs: 0, expected: ['slack'], events: 3, windowMs: 60_000, caps: { slack: 1 } },
    ...{ taken: 2, sampled: 3, unresolved: [] },
    ...parts,
  };
}

function missed(parts: Partial<Storm>): string[] {
  return stormVerdicts(aStorm(parts))
    .filter(({ met }) => !met)
    .map(({ target }) => target);
}

it('is met when everyone is told in time, by as much as each channel takes', () => {
  expect(missed({})).toEqual([]);
});

it('counts what is covered as told, and as no request', () => {
  const calls = [aCall({ events: 2 }), aCall({ state: 'suppressed' })];

  expect(missed({ calls, taken: 1 })).toEqual([]);
});

it.each<[string, Partial<Storm>, string]>([
  [
    'an event is told to nobody',
    { events: 4 },
    'slack: everything told after the last failure: 1 events not told (at most 120 s)',
  ],
  [
    'a vendor took none of it',
    { calls: [aCall({ events: 3, state: 'failed' })], taken: 0 },
    'slack: everything told after the last failure: 3 events not told (at most 120 s)',
  ],
  [
    'it is not known whether a message left',
    { calls: [aCall({ events: 3, state: 'unknown' })], taken: 0 },
    'slack: everything told after the last failure: 3 events not told (at most 120 s)',
  ],
  [
    'the last is told too late',
    { calls: [aCall({ events: 3, endedMs: 121_000 })], taken: 1 },
    'slack: everything told after the last failure: 121 s (at most 120 s)',
  ],
  [
    'a channel is asked more often than it takes',
    { caps: { slack: 1 }, calls: [aCall({ events: 3 }), aCall({ state: 'failed' })], taken: 1 },
    'slack: most in a minute: 2 (at most 1)',
  ],
  [
    'a vendor has fewer than were counted',
    { taken: 1 },
    'messages that the vendors took: 1 (2 by their answers)',
  ],
  [
    'an event has no receipt that is final',
    { unresolved: ['storm-1/deployment-failed/slack'] },
    'receipts without an end: 1 of 3 (0), such as storm-1/deployment-failed/slack',
  ],
  ['no receipt was asked for', { sampled: 0 }, 'receipts without an end: 0 of 0 (0)'],
])('is missed when %s', (_why, parts, target) => {
  expect(missed(parts)).toContain(target);
});
