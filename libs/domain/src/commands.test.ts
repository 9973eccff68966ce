import { describe, expect, it } from '@jest/globals';
import { COMMANDS, OUTCOMES, PHASES } from '@fairlead/contracts';
import { applyCommand } from './commands.ts';
import type { Command } from './commands.ts';
import { initialState } from './run-state.ts';
import type { RunState } from './run-state.ts';

function stateIn(phase: RunState['phase'], over: Partial<RunState> = {}): RunState {
  return { ...initialState('deploy', 'canary'), changed: true, phase, ...over };
}

/** What is told of the answer: the phase that an accepted command leads to, or the reason. */
function answer(state: RunState, command: Command): string {
  const result = applyCommand(state, command);
  return 'refused' in result ? `refused: ${result.refused}` : result.state.phase;
}

const NOT_PAUSED = 'refused: it is not paused';
const ROLLING_BACK = 'refused: it is rolling back; deploy again when it has ended';
const PROMOTED = 'refused: it is already promoted; abort still takes it back';

/** Phase × command; a paused run was interrupted in its canary. */
const TABLE: Record<RunState['phase'], Record<Command['name'], string>> = {
  queued: {
    promote: 'refused: there is nothing to promote in phase queued',
    abort: 'queued',
    pause: 'refused: it cannot be paused in phase queued',
    resume: NOT_PAUSED,
  },
  planned: {
    promote: 'refused: there is nothing to promote in phase planned',
    abort: 'planned',
    pause: 'refused: it cannot be paused in phase planned',
    resume: NOT_PAUSED,
  },
  deploying: {
    promote: 'refused: there is nothing to promote in phase deploying',
    abort: 'rolling-back',
    pause: 'paused',
    resume: NOT_PAUSED,
  },
  canary: { promote: 'canary', abort: 'rolling-back', pause: 'paused', resume: NOT_PAUSED },
  analysing: { promote: 'analysing', abort: 'rolling-back', pause: 'paused', resume: NOT_PAUSED },
  'awaiting-approval': {
    promote: 'canary',
    abort: 'rolling-back',
    pause: 'paused',
    resume: NOT_PAUSED,
  },
  paused: {
    promote: 'canary',
    abort: 'rolling-back',
    pause: 'refused: it is already paused',
    resume: 'canary',
  },
  promoting: {
    promote: PROMOTED,
    abort: 'rolling-back',
    pause: 'refused: it cannot be paused in phase promoting',
    resume: NOT_PAUSED,
  },
  baking: {
    promote: PROMOTED,
    abort: 'rolling-back',
    pause: 'refused: it cannot be paused in phase baking',
    resume: NOT_PAUSED,
  },
  'rolling-back': {
    promote: ROLLING_BACK,
    abort: 'refused: it is already rolling back',
    pause: 'refused: it cannot be paused in phase rolling-back',
    resume: NOT_PAUSED,
  },
};

const CELLS = PHASES.flatMap((phase) =>
  COMMANDS.map((name) => ({ phase, name, expected: TABLE[phase][name] })),
);

describe('phase × command', () => {
  it.each(CELLS)('answers "$expected" when $name comes in phase $phase', (cell) => {
    const state = stateIn(cell.phase, cell.phase === 'paused' ? { pausedFrom: 'canary' } : {});

    const told = answer(state, { name: cell.name });

    expect(told).toBe(cell.expected);
  });

  it.each(OUTCOMES.flatMap((outcome) => COMMANDS.map((name) => ({ outcome, name }))))(
    'refuses $name when the deployment has ended $outcome',
    ({ outcome, name }) => {
      const state = stateIn('canary', { outcome });

      const told = answer(state, { name });

      expect(told).toBe(`refused: the deployment has ended: ${outcome}`);
    },
  );
});

describe('abort', () => {
  it.each(['queued', 'planned'] as const)(
    'only takes note when nothing is written in %s',
    (phase) => {
      const state = stateIn(phase, { changed: false });

      const result = applyCommand(state, { name: 'abort' });

      expect(result).toEqual({ state: { ...state, aborted: true }, kinds: [] });
    },
  );

  it('is refused when it was noted before', () => {
    const told = answer(stateIn('planned', { aborted: true }), { name: 'abort' });

    expect(told).toBe('refused: it is already being aborted');
  });

  it.each(PHASES.filter((phase) => !['queued', 'planned', 'rolling-back'].includes(phase)))(
    'begins the way back without a failure when it comes in phase %s',
    (phase) => {
      const result = applyCommand(stateIn(phase), { name: 'abort' });

      expect(result).toEqual({
        state: stateIn('rolling-back', { aborted: true }),
        kinds: [{ kind: 'rollback-initiated' }],
      });
    },
  );

  it('ends a rollback where it is, because that is the better state', () => {
    const result = applyCommand(stateIn('deploying', { kind: 'rollback' }), { name: 'abort' });

    expect(result).toMatchObject({
      state: { outcome: 'failed' },
      kinds: [{ kind: 'deployment-failed' }],
    });
  });
});

describe('promote', () => {
  it.each([
    { wanted: 'one step', full: false, promote: 'step' },
    { wanted: 'all steps', full: true, promote: 'full' },
  ])('is kept for the run to act on when it is for $wanted', ({ full, promote }) => {
    const result = applyCommand(stateIn('canary'), { name: 'promote', full });

    expect(result).toMatchObject({ state: { phase: 'canary', promote }, kinds: [] });
  });

  it.each([
    { first: 'step', full: false, expected: 'refused: a promote is already under way' },
    { first: 'full', full: false, expected: 'refused: a promote is already under way' },
    { first: 'full', full: true, expected: 'refused: a promote is already under way' },
    { first: 'step', full: true, expected: 'canary' },
  ] as const)('answers "$expected" when $first waits and full is $full', (row) => {
    const state = stateIn('canary', { promote: row.first });

    const told = answer(state, { name: 'promote', full: row.full });

    expect(told).toBe(row.expected);
  });

  it.each([
    {
      pausedFrom: 'deploying',
      expected: 'refused: there is nothing to promote in phase deploying; resume it',
    },
    { pausedFrom: 'canary', expected: 'canary' },
    { pausedFrom: 'analysing', expected: 'analysing' },
    { pausedFrom: 'awaiting-approval', expected: 'canary' },
    { pausedFrom: 'promoting', expected: PROMOTED },
    { pausedFrom: 'baking', expected: PROMOTED },
  ] as const)('answers "$expected" when the pause interrupted $pausedFrom', (row) => {
    const state = stateIn('paused', { pausedFrom: row.pausedFrom });

    const told = answer(state, { name: 'promote' });

    expect(told).toBe(row.expected);
  });

  it.each(['step', 'full'] as const)(
    'ends the pause and loses nothing when a promote (%s) waited under it',
    (waiting) => {
      const state = stateIn('paused', { pausedFrom: 'canary', promote: waiting });

      const result = applyCommand(state, { name: 'promote' });

      expect(result).toEqual({ state: stateIn('canary', { promote: waiting }), kinds: [] });
    },
  );
});

describe('pause and resume', () => {
  it.each(['deploying', 'canary', 'analysing', 'awaiting-approval'] as const)(
    'come back to where they were when the run was in phase %s',
    (phase) => {
      const state = stateIn(phase, { promote: 'step' });

      const paused = applyCommand(state, { name: 'pause' });
      const resumed = applyCommand('state' in paused ? paused.state : state, { name: 'resume' });

      expect(paused).toEqual({
        state: { ...state, phase: 'paused', pausedFrom: phase },
        kinds: [],
      });
      expect(resumed).toEqual({ state, kinds: [] });
    },
  );
});
