import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '@fairlead/contracts';
import { initialState } from './run-state.ts';
import type { RunState } from './run-state.ts';
import { movesFrom, told } from './testing/walk.ts';
import type { Taken } from './testing/walk.ts';

type Name = Taken['move']['name'];

/** Exactly these moves, in this order. */
function way(start: RunState, ...names: readonly Name[]): Taken[] {
  const taken: Taken[] = [];
  let state = start;
  for (const name of names) {
    const next = movesFrom(state).find(({ move }) => move.name === name);
    if (next === undefined) throw new Error(`no ${name} in phase ${state.phase}`);
    taken.push(next);
    state = next.state;
  }
  return taken;
}

describe('From outcome to messages', () => {
  const canary = initialState('deploy', 'canary');
  const rolling = initialState('deploy', 'rolling');
  const rollback = initialState('rollback', 'rolling');
  const inCanary = ['plan-accepted', 'canary-begun', 'change'] as const;

  it.each<[row: string, start: RunState, moves: readonly Name[], end: Outcome, words: string]>([
    [
      '"`succeeded`"',
      canary,
      [...inCanary, 'steps-passed', 'updated', 'bake-over'],
      'succeeded',
      'deployment-started canary-started canary-completed canary-promoted deployment-completed',
    ],
    [
      '"`succeeded`", where the brackets do not apply',
      rolling,
      ['plan-accepted', 'change', 'updated', 'bake-over'],
      'succeeded',
      'deployment-started deployment-completed',
    ],
    [
      '"`rolled-back` after a failure"',
      canary,
      [...inCanary, 'failed', 'undone'],
      'rolled-back',
      'deployment-started canary-started deployment-failed rollback-initiated rollback-completed',
    ],
    [
      '"`rolled-back` by a person (`abort`)": "no deployment-failed: nothing failed"',
      canary,
      [...inCanary, 'abort', 'undone'],
      'rolled-back',
      'deployment-started canary-started rollback-initiated rollback-completed',
    ],
    [
      '"`failed` before there was anything to undo"',
      rolling,
      ['plan-accepted', 'failed'],
      'failed',
      'deployment-started deployment-failed',
    ],
    [
      '"`failed`, the rollback could not finish": "once more, marked \'rollback failed\'"',
      canary,
      [...inCanary, 'failed', 'undo-failed'],
      'failed',
      'deployment-started canary-started deployment-failed rollback-initiated deployment-failed!',
    ],
    [
      '"`fairlead rollback` (ends `succeeded`"',
      rollback,
      ['plan-accepted', 'change', 'updated', 'bake-over'],
      'succeeded',
      'rollback-initiated rollback-completed',
    ],
    [
      '"`fairlead rollback`" "(or deployment-failed)"',
      rollback,
      ['plan-accepted', 'change', 'failed'],
      'failed',
      'rollback-initiated deployment-failed',
    ],
  ])('%s', (_row, start, moves, end, words) => {
    const taken = way(start, ...moves);

    expect(taken.at(-1)?.state.outcome).toBe(end);
    expect(told(taken).join(' ')).toBe(words);
  });

  it.each([
    ['nothing-to-do', 'succeeded'],
    ['plan-refused', 'refused'],
  ] as const)('"nothing to change; `refused`": "none; the timeline has it" (%s)', (fact, end) => {
    const taken = way(canary, fact);

    expect(told(taken)).toEqual([]);
    expect(taken.at(-1)?.state.outcome).toBe(end);
    expect(taken.at(-1)?.kinds).toHaveLength(1);
  });

  it.each([
    ['"`canary-completed`: the last step\'s verdict passed"', 'steps-passed', 'canary-completed'],
    ['"`canary-promoted`: stable runs the new version"', 'updated', 'canary-promoted'],
  ] as const)('%s', (_line, last, word) => {
    const taken = way(canary, ...inCanary, 'steps-passed', 'updated');

    const speaking = taken.filter(({ kinds }) => kinds.some(({ kind }) => kind === word));

    expect(speaking.map(({ move }) => move.name)).toEqual([last]);
  });
});
