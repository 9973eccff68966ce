import { describe, expect, it } from '@jest/globals';
import { endTurn, NO_TURNS, recent, takeTurn } from './turns.ts';
import type { Turns } from './turns.ts';

const NOW_MS = Date.parse('2026-01-02T03:04:05.000Z');
const MINUTE_MS = 60_000;
const LIMITS = { targetsAtOnce: 2, actionsPerHour: 3 };

function ask(turns: Turns, turn: string, target = turn, nowMs = NOW_MS) {
  const request = {
    environment: 'production',
    turn,
    target,
    limits: LIMITS,
    forMs: 10 * MINUTE_MS,
  };
  return takeTurn(turns, request, nowMs);
}

function granted(turns: Turns, ...names: readonly string[]): Turns {
  return names.reduce((held, name) => ask(held, name).turns, turns);
}

describe('"at most N targets remediated at once per environment"', () => {
  it('refuses the one too many, and says why', () => {
    expect(ask(granted(NO_TURNS, 'a', 'b'), 'c').answer).toEqual({
      refused:
        'many things fail at once in production: not touching them ' +
        '(2 targets are being mended, at most 2 at once)',
    });
  });

  it('lets it act once another has ended, or is known to be lost', () => {
    const two = granted(NO_TURNS, 'a', 'b');

    expect(ask(endTurn(two, 'a'), 'c').answer).toEqual({ granted: true });
    expect(ask(two, 'c', 'c', NOW_MS + 10 * MINUTE_MS).answer).toEqual({ granted: true });
  });

  it('counts a target once, and a turn that is asked for again once', () => {
    const one = granted(NO_TURNS, 'a');

    expect(ask(one, 'a').turns).toEqual(one);
    expect(ask(granted(one, 'b'), 'a-2', 'a').answer).toEqual({ granted: true });
  });
});

describe('"M actions per hour"', () => {
  it('refuses the one too many until the first is an hour ago', () => {
    let turns = NO_TURNS;
    for (const name of ['a', 'b', 'c']) turns = endTurn(granted(turns, name), name);

    expect(ask(turns, 'd').answer).toMatchObject({
      refused: expect.stringContaining('3 actions within the last hour, at most 3'),
    });
    expect(ask(turns, 'd', 'd', NOW_MS + 60 * MINUTE_MS).answer).toEqual({ granted: true });
  });

  it('does not count one that wrote nothing', () => {
    let turns = NO_TURNS;
    for (const name of ['a', 'b', 'c']) turns = endTurn(granted(turns, name), name, name !== 'b');

    expect(ask(turns, 'd').answer).toEqual({ granted: true });
    expect(ask(granted(turns, 'd'), 'e').answer).toHaveProperty('refused');
  });

  it('keeps nothing of what is over', () => {
    expect(recent(granted(NO_TURNS, 'a'), NOW_MS + 60 * MINUTE_MS)).toEqual(NO_TURNS);
  });
});
