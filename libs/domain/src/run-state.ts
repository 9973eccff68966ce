import type { DeploymentType, EventKind, Outcome, Phase } from '@fairlead/contracts';

/** What the state machine knows of a run. */
export interface RunState {
  readonly kind: 'deploy' | 'rollback';
  readonly type: DeploymentType;
  readonly phase: Phase;
  readonly outcome?: Outcome;
  /** Phase to go back to on resume. */
  readonly pausedFrom?: Phase;
  /** Something was pushed on the rollback stack. */
  readonly changed: boolean;
  /** A promote that the run has not acted on yet. */
  readonly promote: 'none' | 'step' | 'full';
  /** Who asked for the way back; what a person asked for is no failure. */
  readonly aborted: boolean;
  /** Another tool does the work: it can only be asked to stop. */
  readonly foreign?: true;
}

/** A kind that a transition gives, in order. */
export interface EmittedKind {
  readonly kind: EventKind;
  readonly mark?: 'rollback-failed';
}

export interface Transition {
  readonly state: RunState;
  readonly kinds: readonly EmittedKind[];
}

export interface RefusedTransition {
  readonly refused: string;
}

/** The phase that counts: `paused` stands for the one that it interrupts. */
export function phaseUnderPause({ phase, pausedFrom }: RunState): Phase {
  return phase === 'paused' ? (pausedFrom ?? 'canary') : phase;
}

/** The state in another phase, and no longer paused. */
export function inPhase(state: RunState, phase: Phase): RunState {
  const { kind, type, changed, promote, aborted, foreign } = state;
  return { kind, type, phase, changed, promote, aborted, ...(foreign === true ? { foreign } : {}) };
}

export function initialState(kind: RunState['kind'], type: DeploymentType): RunState {
  return { kind, type, phase: 'planned', changed: false, promote: 'none', aborted: false };
}

/**
 * Another tool's run: whatever its type, one step is all that is known of it. What it has done is taken back only
 * where something stands ready to do it.
 */
export function foreignState(kind: RunState['kind'], undoable: boolean): RunState {
  return { ...initialState(kind, 'rolling'), changed: undoable, foreign: true };
}

/** Something is about to be written: from here on a failure has a way back. */
export function withChange(state: RunState): RunState {
  return state.changed ? state : { ...state, changed: true };
}

/** The run has acted on a promote of one step; `full` stays until the steps are over. */
export function withPromoteTaken(state: RunState): RunState {
  return state.promote === 'step' ? { ...state, promote: 'none' } : state;
}
