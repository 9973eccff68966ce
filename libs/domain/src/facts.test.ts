import { describe, expect, it } from '@jest/globals';
import type { Outcome, Phase } from '@fairlead/contracts';
import fc from 'fast-check';
import { applyCommand } from './commands.ts';
import { advance, expects, FACTS } from './facts.ts';
import { initialState } from './run-state.ts';
import type { RunState } from './run-state.ts';
import { keepGoing, movesFrom, reachable, RUNS, told, walk } from './testing/walk.ts';
import type { Taken } from './testing/walk.ts';

/** Facts after which a run needs at most this many more to end: plan, canary, steps, update, bake, undo. */
const LONGEST_ROAD = 6;

const picks = fc.array(fc.nat(), { maxLength: 40 });
const morePicks = fc.array(fc.nat(), { minLength: LONGEST_ROAD, maxLength: LONGEST_ROAD });

/** A whole run: anything at all for a while, then on to its end. */
function wholeRun(start: RunState, first: readonly number[], rest: readonly number[]): Taken[] {
  const begun = walk(start, first);
  return [...begun, ...keepGoing(begun.at(-1)?.state ?? start, rest)];
}

function endOf(way: readonly Taken[]): RunState {
  const last = way.at(-1);
  if (last === undefined) throw new Error('an empty walk');
  return last.state;
}

function happened(way: readonly Taken[], name: Taken['move']['name']): boolean {
  return way.some(({ move }) => move.name === name);
}

describe.each(RUNS)('every state of a $kind of type $type', ({ start }) => {
  const states = reachable(start);

  it('has an outcome within reach', () => {
    const lost = states.filter((state) => !reachable(state).some(({ outcome }) => outcome));

    expect(lost).toEqual([]);
  });

  it('can still succeed, unless the run goes back or is aborted', () => {
    const forward = states.filter(
      ({ phase, aborted, outcome }) => !aborted && !outcome && phase !== 'rolling-back',
    );

    const lost = forward.filter(
      (state) => !reachable(state).some(({ outcome }) => outcome === 'succeeded'),
    );

    expect(lost).toEqual([]);
  });

  it('takes nothing more when it has an outcome', () => {
    const ended = states.filter(({ outcome }) => outcome !== undefined);

    const open = ended.filter((state) => movesFrom(state).length > 0);

    expect(ended.length).toBeGreaterThan(0);
    expect(open).toEqual([]);
  });

  it('can be aborted at any time, unless it goes back already', () => {
    const deaf = states.filter(
      (state) =>
        state.outcome === undefined &&
        state.phase !== 'rolling-back' &&
        !state.aborted &&
        'refused' in applyCommand(state, { name: 'abort' }),
    );

    expect(deaf).toEqual([]);
  });

  it('remembers what a pause interrupts exactly while it is paused', () => {
    const odd = states.filter(
      ({ phase, pausedFrom }) => (phase === 'paused') !== (pausedFrom !== undefined),
    );

    expect(odd).toEqual([]);
  });

  it('is never called paused when it has ended', () => {
    const odd = states.filter(({ phase, outcome }) => outcome !== undefined && phase === 'paused');

    expect(odd).toEqual([]);
  });

  it('ends whichever facts come when people leave it alone', () => {
    fc.assert(
      fc.property(picks, morePicks, (first, rest) => {
        const way = wholeRun(start, first, rest);

        expect(endOf(way).outcome).toBeDefined();
      }),
    );
  });
});

/**
 * delivery.md, "From outcome to messages", as it stands there: `[…]` is optional. The words after canary-started are
 * there when the failure came after the promotion.
 */
const CANARY = '[canary-started [canary-completed [canary-promoted]]]';
const TABLE = {
  succeeded:
    'deployment-started [canary-started canary-completed canary-promoted] deployment-completed',
  'rolled back after a failure': `deployment-started ${CANARY} deployment-failed rollback-initiated rollback-completed`,
  'rolled back by a person': `deployment-started ${CANARY} rollback-initiated rollback-completed`,
  'failed with nothing to undo': 'deployment-started deployment-failed',
  'rollback could not finish': `deployment-started ${CANARY} deployment-failed rollback-initiated deployment-failed!`,
  // Not in the table by these names, but read from it: the last row's "…", and a halt, which goes no way back.
  'rollback by a person could not finish': `deployment-started ${CANARY} rollback-initiated deployment-failed!`,
  halted: `deployment-started ${CANARY} deployment-failed`,
  'a rollback that succeeded': 'rollback-initiated rollback-completed',
  'a rollback that failed': 'rollback-initiated deployment-failed',
  'nothing to change or refused': '',
} as const;
type Row = keyof typeof TABLE;

/** `a [b [c]] d` as a pattern over words that are joined by spaces. */
function patternOf(row: string): RegExp {
  const words = row
    .replaceAll('[', '(?:')
    .replaceAll(']', ')?')
    .replaceAll(/([a-z-]+!?)/g, '$1 ?');
  return new RegExp(`^${words.replaceAll(/\s+(?=[(a-z])/g, '')}$`);
}

/** Which row a run belongs to, told from what happened and never from what was said. */
function rowOf({ kind }: RunState, way: readonly Taken[], outcome: Outcome | undefined): Row {
  if (happened(way, 'plan-refused') || happened(way, 'nothing-to-do')) {
    return 'nothing to change or refused';
  }
  if (kind === 'rollback') {
    return outcome === 'succeeded' ? 'a rollback that succeeded' : 'a rollback that failed';
  }
  if (outcome === 'succeeded') return 'succeeded';
  const failed = happened(way, 'failed');
  if (outcome === 'rolled-back') {
    return failed ? 'rolled back after a failure' : 'rolled back by a person';
  }
  if (happened(way, 'undo-failed')) {
    return failed ? 'rollback could not finish' : 'rollback by a person could not finish';
  }
  return failed ? 'failed with nothing to undo' : 'halted';
}

describe('the oracle', () => {
  it.each([
    ['deployment-started deployment-completed', true],
    [
      'deployment-started canary-started canary-completed canary-promoted deployment-completed',
      true,
    ],
    ['deployment-started canary-started deployment-completed', false],
    ['deployment-started', false],
    ['deployment-started deployment-completed deployment-completed', false],
  ])('says of "%s" that it is in the row "succeeded": %s', (words, expected) => {
    const matches = patternOf(TABLE.succeeded).test(words);

    expect(matches).toBe(expected);
  });
});

describe.each(RUNS)('what is told of a $kind of type $type', ({ start, type }) => {
  const wholeRuns = fc.tuple(picks, morePicks).map(([first, rest]) => wholeRun(start, first, rest));
  const check = (property: (way: Taken[]) => void) => {
    fc.assert(fc.property(wholeRuns, property), { numRuns: 1000 });
  };

  it('is the row of "From outcome to messages" for what happened', () => {
    check((way) => {
      const row = rowOf(start, way, endOf(way).outcome);

      const words = told(way).join(' ');

      expect(words).toMatch(patternOf(TABLE[row]));
    });
  });

  it('"Each kind at most once per deployment", the closing word last; the marked one is "the only repeat of a kind"', () => {
    check((way) => {
      const words = told(way);

      const closing = words.filter(
        (word, index) =>
          ['deployment-completed', 'rollback-completed', 'deployment-failed!'].includes(word) ||
          (word === 'deployment-failed' && words[index + 1] !== 'rollback-initiated'),
      );

      expect(new Set(words).size).toBe(words.length);
      expect(closing).toEqual(words.slice(-1));
    });
  });

  it('"Never `deployment-completed` for what was rolled back", nor failed of what a person took back', () => {
    check((way) => {
      const { outcome } = endOf(way);
      const words = told(way);

      const failure = ['failed', 'halted', 'undo-failed'].some((fact) =>
        way.some(({ move }) => move.name === fact),
      );

      if (outcome === 'rolled-back') expect(words).not.toContain('deployment-completed');
      if (outcome === 'rolled-back' && !failure) expect(words).not.toContain('deployment-failed');
      if (happened(way, 'abort') && !failure && start.kind === 'deploy') {
        expect(words.filter((word) => word.startsWith('deployment-failed'))).toEqual([]);
      }
    });
  });

  it('never goes on to success when a person aborted, unless there was nothing to do', () => {
    check((way) => {
      const { outcome } = endOf(way);

      const aborted = happened(way, 'abort') && !happened(way, 'nothing-to-do');

      if (aborted) expect(outcome).not.toBe('succeeded');
    });
  });

  it('speaks of a canary exactly when there is one', () => {
    check((way) => {
      const canary = told(way).filter((word) => word.startsWith('canary-'));

      const facts = (['canary-begun', 'steps-passed'] as const).filter((fact) =>
        happened(way, fact),
      );

      const speaks = type === 'canary' && start.kind === 'deploy';
      const promoted = facts.length === 2 && happened(way, 'updated');
      const all = ['canary-started', 'canary-completed', 'canary-promoted'];
      expect(canary).toEqual(speaks ? all.slice(0, facts.length + (promoted ? 1 : 0)) : []);
    });
  });
});

describe('expects', () => {
  const EXPECTED: Partial<Record<Phase, readonly string[]>> = {
    queued: [],
    planned: ['plan-refused', 'nothing-to-do', 'plan-accepted', 'failed', 'halted'],
    deploying: ['canary-begun', 'failed', 'halted'],
    canary: ['approval-asked', 'steps-passed', 'failed', 'halted'],
    analysing: ['failed', 'halted'],
    'awaiting-approval': ['failed', 'halted'],
    promoting: ['updated', 'failed', 'halted'],
    baking: ['bake-over', 'failed', 'halted'],
    'rolling-back': ['undone', 'undo-failed'],
  };

  it.each(Object.entries(EXPECTED))('takes in phase %s of a canary: %j', (phase, expected) => {
    const state = { ...initialState('deploy', 'canary'), phase: phase as Phase };

    const taken = FACTS.filter((fact) => expects(state, fact));

    expect(taken).toEqual(expected);
  });

  it.each(['rolling', 'blue-green'] as const)(
    'takes no canary from a deployment of type %s',
    (type) => {
      const state: RunState = { ...initialState('deploy', type), phase: 'deploying' };

      const taken = FACTS.filter((fact) => expects(state, fact));

      expect(taken).toEqual(['updated', 'failed', 'halted']);
    },
  );
});

describe('advance', () => {
  const canary: RunState = { ...initialState('deploy', 'canary'), phase: 'canary', changed: true };

  it('begins the way back at once when an abort came before the plan was accepted', () => {
    const planned: RunState = { ...initialState('deploy', 'canary'), aborted: true };

    const { state, kinds } = advance(planned, 'plan-accepted');

    expect(state.phase).toBe('rolling-back');
    expect(kinds).toEqual([{ kind: 'deployment-started' }, { kind: 'rollback-initiated' }]);
  });

  it('moves the phase under a pause, and says all the words', () => {
    const paused: RunState = { ...canary, phase: 'paused', pausedFrom: 'canary' };

    const passed = advance(paused, 'steps-passed');
    const updated = advance(passed.state, 'updated');

    expect(passed.state).toMatchObject({ phase: 'paused', pausedFrom: 'promoting' });
    expect(updated.state).toMatchObject({ phase: 'paused', pausedFrom: 'baking' });
    expect(updated.kinds).toEqual([{ kind: 'canary-promoted' }]);
  });

  it.each([
    { waiting: 'none', phase: 'awaiting-approval', promote: 'none' },
    { waiting: 'step', phase: 'awaiting-approval', promote: 'none' },
    { waiting: 'full', phase: 'canary', promote: 'full' },
  ] as const)('is in $phase when approval is asked and a promote ($waiting) came before', (row) => {
    const { state } = advance({ ...canary, promote: row.waiting }, 'approval-asked');

    expect(state).toMatchObject({ phase: row.phase, promote: row.promote });
  });

  it('takes a canary that was announced back, also when it changed nothing yet', () => {
    const { state } = advance({ ...canary, changed: false }, 'failed');

    expect(state.phase).toBe('rolling-back');
    expect(state.outcome).toBeUndefined();
  });
});
