import { describe, expect, it } from '@jest/globals';
import { TOLD_TYPES } from '@fairlead/contracts';
import type { Told, ToldType } from '@fairlead/contracts';
import fc from 'fast-check';
import { advance, expects } from '../facts.ts';
import { applyCommand } from '../commands.ts';
import { foreignState, withChange } from '../run-state.ts';
import type { RunState } from '../run-state.ts';
import { factsOfTold, meansWayBack, toldProblem, toldRefusal } from './told.ts';

interface Walked {
  readonly state: RunState;
  readonly kinds: readonly string[];
}

function tell({ state, kinds }: Walked, type: ToldType): Walked {
  const before = meansWayBack(type) ? withChange(state) : state;
  return factsOfTold(before, type).reduce<Walked>(
    (walked, fact) => {
      expect(expects(walked.state, fact)).toBe(true);
      const next = advance(walked.state, fact);
      const words = next.kinds.map(({ kind, mark }) => mark ?? kind);
      return { state: next.state, kinds: [...walked.kinds, ...words] };
    },
    { state: before, kinds },
  );
}

function begun(kind: RunState['kind'] = 'deploy'): Walked {
  const { state, kinds } = advance(foreignState(kind, false), 'plan-accepted');
  return { state, kinds: kinds.map(({ kind: word }) => word) };
}

function told(...types: readonly ToldType[]): Walked {
  return types.reduce(tell, begun());
}

describe('what is told of a deployment that another tool makes', () => {
  it.each<[readonly ToldType[], string, readonly string[]]>([
    [['begun', 'succeeded'], 'succeeded', ['deployment-started', 'deployment-completed']],
    [['succeeded'], 'succeeded', ['deployment-started', 'deployment-completed']],
    [['begun', 'progress', 'failed'], 'failed', ['deployment-started', 'deployment-failed']],
    [
      ['begun', 'rollback-begun', 'rolled-back'],
      'rolled-back',
      ['deployment-started', 'deployment-failed', 'rollback-initiated', 'rollback-completed'],
    ],
    [
      ['rolled-back'],
      'rolled-back',
      ['deployment-started', 'deployment-failed', 'rollback-initiated', 'rollback-completed'],
    ],
    [
      ['begun', 'rollback-failed'],
      'failed',
      ['deployment-started', 'deployment-failed', 'rollback-initiated', 'rollback-failed'],
    ],
  ])('%j ends as %s and gives delivery.md’s words', (types, outcome, kinds) => {
    const walked = told(...types);

    expect(walked.state.outcome).toBe(outcome);
    expect(walked.kinds).toEqual(kinds);
  });

  it('a rollback of another tool has a rollback’s two words', () => {
    const walked = tell(begun('rollback'), 'succeeded');

    expect(walked.kinds).toEqual(['rollback-initiated', 'rollback-completed']);
  });

  it('any order that fits is taken by the state machine and has one closing word', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TOLD_TYPES), { maxLength: 8 }), (types) => {
        let walked = begun();
        for (const type of types) {
          if (walked.state.outcome !== undefined) break;
          if (toldRefusal(walked.state, type) === undefined) walked = tell(walked, type);
        }
        const closing = walked.kinds.filter((kind) =>
          ['deployment-completed', 'rollback-completed', 'rollback-failed'].includes(kind),
        );
        expect(closing.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(['begun', 'succeeded', 'failed', 'rollback-begun'] as const)(
    'while it rolls back, %s does not fit',
    (type) => {
      const { state } = told('begun', 'rollback-begun');

      expect(toldRefusal(state, type)).toBe(
        'it is rolling back; that ends with rolled-back or rollback-failed',
      );
    },
  );
});

describe('a command to another tool’s deployment', () => {
  it.each(['promote', 'pause', 'resume'] as const)('%s is refused', (name) => {
    expect(applyCommand(told('begun').state, { name })).toEqual({
      refused: 'another tool makes this deployment; it can only be aborted',
    });
  });

  it.each([
    [true, 'rolling-back', ['rollback-initiated']],
    [false, 'deploying', ['deployment-failed']],
  ])('an abort, with a way back: %s, stops it', (undoable, phase, kinds) => {
    const { state } = advance(foreignState('deploy', undoable), 'plan-accepted');
    const asked = applyCommand(state, { name: 'abort' });
    if ('refused' in asked) throw new Error(asked.refused);

    const stopped = advance(asked.state, 'failed');

    expect(asked.state.phase).toBe('deploying');
    expect(stopped.state.phase).toBe(phase);
    expect(stopped.kinds.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('what came over the wire', () => {
  const GOOD: Told = { eventId: 'e1', type: 'begun', at: '2026-01-31T12:00:00Z' };
  const NOW_MS = Date.parse('2026-01-31T12:00:10Z');

  it('is taken when it is whole', () => {
    expect(toldProblem(GOOD, NOW_MS)).toBeUndefined();
  });

  it.each([
    [{ eventId: '' }, /eventId of 1 to 200/],
    [{ eventId: 'x'.repeat(201) }, /eventId of 1 to 200/],
    [{ type: 'started' }, /type is one of begun, progress/],
    [{ message: 'x'.repeat(2_001) }, /at most 2000 characters/],
    [{ at: 'yesterday' }, /2026-01-31T12:00:00Z/],
    [{ at: '2026-02-31' }, /2026-01-31T12:00:00Z/],
    [{ at: '2026-01-31T13:00:00Z' }, /future/],
  ])('%j is told in a sentence', (wrong, message) => {
    expect(toldProblem({ ...GOOD, ...wrong } as Told, NOW_MS)).toMatch(message);
  });
});
