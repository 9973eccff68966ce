import type { CommandName, Phase } from '@fairlead/contracts';
import type { RefusedTransition, RunState, Transition } from './run-state.ts';
import { goBack } from './facts.ts';
import { inPhase, phaseUnderPause } from './run-state.ts';

export interface Command {
  readonly name: CommandName;
  /** Promote only: skip the remaining steps. */
  readonly full?: boolean;
}

/** Phases in which a canary can be moved on by a person. */
const PROMOTABLE: readonly Phase[] = ['canary', 'analysing', 'awaiting-approval'];
const PAUSABLE: readonly Phase[] = ['deploying', 'canary', 'analysing', 'awaiting-approval'];

/** The one reducer behind updates, signals and cancellation: phase × command → phase, or why not. */
export function applyCommand(state: RunState, command: Command): Transition | RefusedTransition {
  if (state.outcome !== undefined) {
    return { refused: `the deployment has ended: ${state.outcome}` };
  }
  if (state.foreign === true && command.name !== 'abort') {
    return { refused: 'another tool makes this deployment; it can only be aborted' };
  }
  switch (command.name) {
    case 'abort':
      return abort(state);
    case 'promote':
      return promote(state, command.full === true);
    case 'pause':
      return pause(state);
    case 'resume':
      return resume(state);
  }
}

function abort(state: RunState): Transition | RefusedTransition {
  if (state.phase === 'rolling-back') return { refused: 'it is already rolling back' };
  if (state.aborted) return { refused: 'it is already being aborted' };
  // Before the plan is accepted nothing is written; its answer decides between refused and rolled back. Another tool
  // says itself what has become of it.
  if (state.foreign === true || state.phase === 'planned' || state.phase === 'queued') {
    return { state: { ...state, aborted: true }, kinds: [] };
  }
  return goBack({ ...state, aborted: true });
}

function promote(state: RunState, full: boolean): Transition | RefusedTransition {
  const paused = state.phase === 'paused';
  const phase = phaseUnderPause(state);
  if (phase === 'rolling-back') {
    return { refused: 'it is rolling back; deploy again when it has ended' };
  }
  if (phase === 'promoting' || phase === 'baking') {
    return { refused: 'it is already promoted; abort still takes it back' };
  }
  if (!PROMOTABLE.includes(phase)) {
    const hint = paused ? '; resume it' : '';
    return { refused: `there is nothing to promote in phase ${phase}${hint}` };
  }
  // A pause came after the promote that waits: a second one says that it may go on.
  if (!paused && (state.promote === 'full' || (state.promote === 'step' && !full))) {
    return { refused: 'a promote is already under way' };
  }
  return {
    state: {
      ...inPhase(state, phase === 'awaiting-approval' ? 'canary' : phase),
      promote: full || state.promote === 'full' ? 'full' : 'step',
    },
    kinds: [],
  };
}

function pause(state: RunState): Transition | RefusedTransition {
  if (state.phase === 'paused') return { refused: 'it is already paused' };
  if (!PAUSABLE.includes(state.phase)) {
    return { refused: `it cannot be paused in phase ${state.phase}` };
  }
  return { state: { ...state, phase: 'paused', pausedFrom: state.phase }, kinds: [] };
}

function resume(state: RunState): Transition | RefusedTransition {
  if (state.phase !== 'paused') return { refused: 'it is not paused' };
  return { state: inPhase(state, phaseUnderPause(state)), kinds: [] };
}
