import type { Outcome, Phase } from '@fairlead/contracts';
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
  'steps-passed': ['canary', 'awaiting-approval'],
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
  const phase = state.phase === 'paused' ? (state.pausedFrom ?? 'canary') : state.phase;
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
      return to(state, 'canary', ['canary-started']);
    case 'approval-asked':
      return to(state, 'awaiting-approval', []);
    case 'steps-passed':
      return to(state, 'promoting', ['canary-completed']);
    case 'updated':
      return to(state, 'baking', state.phase === 'promoting' ? ['canary-promoted'] : []);
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

function failed(state: RunState): Transition {
  const kinds: EmittedKind['kind'][] = [...opening(state), 'deployment-failed'];
  // A rollback that fails is not rolled back: what it had done is the better state.
  if (!state.changed || state.kind === 'rollback') return end(state, 'failed', kinds);
  return to(state, 'rolling-back', [...kinds, 'rollback-initiated']);
}

/** The way back that a person asked for. */
export function goBack(state: RunState): Transition {
  if (state.kind === 'rollback') return end(state, 'failed', ['deployment-failed']);
  return to(state, 'rolling-back', ['rollback-initiated']);
}

function to(state: RunState, phase: Phase, kinds: readonly EmittedKind['kind'][]): Transition {
  const { pausedFrom: _, ...rest } = state;
  // A step that ends while the run is paused moves the phase underneath; only the way back ends the pause.
  if (state.phase === 'paused' && phase !== 'rolling-back') {
    return { state: { ...state, pausedFrom: phase }, kinds: kinds.map((kind) => ({ kind })) };
  }
  return { state: { ...rest, phase }, kinds: kinds.map((kind) => ({ kind })) };
}

function end(state: RunState, outcome: Outcome, kinds: readonly EmittedKind['kind'][]): Transition {
  return { state: { ...state, outcome }, kinds: kinds.map((kind) => ({ kind })) };
}
