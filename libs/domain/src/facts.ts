import type { Outcome, Phase } from '@fairlead/contracts';
import { inPhase, phaseUnderPause } from './run-state.ts';
import type { EmittedKind, RunState, Transition } from './run-state.ts';

/** What the workflow reports to the state machine. */
export const FACTS = [
  'plan-refused',
  'nothing-to-do',
  'plan-accepted',
  'canary-begun',
  'approval-asked',
  'steps-passed',
  'updated',
  'bake-over',
  'failed',
  'halted',
  'undone',
  'undo-failed',
] as const;
export type Fact = (typeof FACTS)[number];

/** Phases in which a fact may arrive; `paused` stands for the phase that it interrupts. */
const EXPECTED: Record<Fact, readonly Phase[]> = {
  'plan-refused': ['planned'],
  'nothing-to-do': ['planned'],
  'plan-accepted': ['planned'],
  'canary-begun': ['deploying'],
  'approval-asked': ['canary'],
  // Not while an approval is asked for: only a promote answers that.
  'steps-passed': ['canary'],
  updated: ['deploying', 'promoting'],
  'bake-over': ['baking'],
  failed: [
    'planned',
    'deploying',
    'canary',
    'analysing',
    'awaiting-approval',
    'promoting',
    'baking',
  ],
  halted: [
    'planned',
    'deploying',
    'canary',
    'analysing',
    'awaiting-approval',
    'promoting',
    'baking',
  ],
  undone: ['rolling-back'],
  'undo-failed': ['rolling-back'],
};

/** Whether the state machine takes a fact now. The workflow never reports another; tests walk every one. */
export function expects(state: RunState, fact: Fact): boolean {
  if (state.outcome !== undefined) return false;
  const phase = phaseUnderPause(state);
  if (fact === 'canary-begun') return phase === 'deploying' && state.type === 'canary';
  if (fact === 'updated' && phase === 'deploying') return state.type !== 'canary';
  return EXPECTED[fact].includes(phase);
}

/** One step of a run: the fact's phase or outcome, and the event kinds that it gives (delivery.md's table). */
export function advance(state: RunState, fact: Fact): Transition {
  switch (fact) {
    case 'plan-refused':
      return end(state, 'refused', ['refused']);
    case 'nothing-to-do':
      return end(state, 'succeeded', ['nothing-to-do']);
    case 'plan-accepted':
      return accepted(state);
    case 'canary-begun':
      return to(state, 'canary', ofCanary(state, 'canary-started'));
    case 'approval-asked':
      return approvalAsked(state);
    case 'steps-passed':
      return to(state, 'promoting', ofCanary(state, 'canary-completed'));
    case 'updated':
      return to(
        state,
        'baking',
        phaseUnderPause(state) === 'promoting' ? ofCanary(state, 'canary-promoted') : [],
      );
    case 'bake-over':
      return end(state, 'succeeded', [
        state.kind === 'rollback' ? 'rollback-completed' : 'deployment-completed',
      ]);
    case 'failed':
      return failed(state);
    case 'halted':
      return end(state, 'failed', [...opening(state), 'deployment-failed']);
    case 'undone':
      return end(state, 'rolled-back', ['rollback-completed']);
    case 'undo-failed':
      return {
        state: { ...state, outcome: 'failed' },
        kinds: [{ kind: 'deployment-failed', mark: 'rollback-failed' }],
      };
  }
}

function accepted(state: RunState): Transition {
  const opened = to(state, 'deploying', opening(state));
  if (!state.aborted) return opened;
  const back = goBack(opened.state);
  return { state: back.state, kinds: [...opened.kinds, ...back.kinds] };
}

/** The word that begins a run, if it has not been said: a run that fails while it is planned says it too. */
function opening(state: RunState): EmittedKind['kind'][] {
  if (state.phase !== 'planned') return [];
  return [state.kind === 'rollback' ? 'rollback-initiated' : 'deployment-started'];
}

/** A rollback has two words, whatever way it takes (delivery.md's table). */
function ofCanary({ kind }: RunState, word: EmittedKind['kind']): EmittedKind['kind'][] {
  return kind === 'rollback' ? [] : [word];
}

/** A promote of one step that came before the question does not answer it; a full one skips the question. */
function approvalAsked(state: RunState): Transition {
  if (state.promote === 'full') return { state, kinds: [] };
  return to({ ...state, promote: 'none' }, 'awaiting-approval', []);
}

/** Phases in which nothing was told that a failure would have to take back. */
const BEFORE_CANARY: readonly Phase[] = ['planned', 'deploying'];

function failed(state: RunState): Transition {
  if (state.foreign === true && state.aborted && state.changed) return goBack(state);
  const kinds: EmittedKind['kind'][] = [...opening(state), 'deployment-failed'];
  const nothingToUndo = !state.changed && BEFORE_CANARY.includes(phaseUnderPause(state));
  // A rollback that fails is not rolled back: what it had done is the better state.
  if (nothingToUndo || state.kind === 'rollback') return end(state, 'failed', kinds);
  return to(state, 'rolling-back', [...kinds, 'rollback-initiated']);
}

/** The way back that a person asked for. */
export function goBack(state: RunState): Transition {
  if (state.kind === 'rollback') return end(state, 'failed', ['deployment-failed']);
  return to(state, 'rolling-back', ['rollback-initiated']);
}

function to(state: RunState, phase: Phase, kinds: readonly EmittedKind['kind'][]): Transition {
  // A step that ends while the run is paused moves the phase underneath; only the way back ends the pause.
  const staysPaused = state.phase === 'paused' && phase !== 'rolling-back';
  return {
    state: staysPaused ? { ...state, pausedFrom: phase } : inPhase(state, phase),
    kinds: kinds.map((kind) => ({ kind })),
  };
}

function end(state: RunState, outcome: Outcome, kinds: readonly EmittedKind['kind'][]): Transition {
  return {
    state: { ...inPhase(state, phaseUnderPause(state)), outcome },
    kinds: kinds.map((kind) => ({ kind })),
  };
}
