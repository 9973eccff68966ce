import { DEPLOYMENT_TYPES } from '@fairlead/contracts';
import { applyCommand } from '../commands.ts';
import type { Command } from '../commands.ts';
import { isNotified } from '../event-kind.ts';
import { advance, expects, FACTS } from '../facts.ts';
import type { Fact } from '../facts.ts';
import { initialState, withChange, withPromoteTaken } from '../run-state.ts';
import type { EmittedKind, RunState } from '../run-state.ts';

/** What may happen to a run: a fact, a command, or that it makes its first change or acts on a promote. */
type Move =
  | { readonly name: Fact; readonly is: 'fact' }
  | { readonly name: Command['name'] | 'promote-full'; readonly is: 'command' }
  | { readonly name: 'change' | 'promote-taken'; readonly is: 'run' };

const MOVES: readonly Move[] = [
  ...FACTS.map((name) => ({ name, is: 'fact' as const })),
  ...(['promote', 'promote-full', 'abort', 'pause', 'resume'] as const).map((name) => ({
    name,
    is: 'command' as const,
  })),
  { name: 'change', is: 'run' },
  { name: 'promote-taken', is: 'run' },
];

export const RUNS = (['deploy', 'rollback'] as const).flatMap((kind) =>
  DEPLOYMENT_TYPES.map((type) => ({ kind, type, start: initialState(kind, type) })),
);

export interface Taken {
  readonly move: Move;
  readonly state: RunState;
  readonly kinds: readonly EmittedKind[];
}

/** Every move that the machine takes now. */
export function movesFrom(state: RunState): Taken[] {
  return MOVES.flatMap((move) => take(state, move) ?? []);
}

function take(state: RunState, move: Move): Taken | undefined {
  switch (move.is) {
    case 'fact':
      return expects(state, move.name) ? { move, ...advance(state, move.name) } : undefined;
    case 'command': {
      const full = move.name === 'promote-full';
      const name = move.name === 'promote-full' ? 'promote' : move.name;
      const result = applyCommand(state, { name, full });
      return 'refused' in result ? undefined : { move, ...result };
    }
    case 'run':
      return runMove(state, move);
  }
}

/** Nothing is changed before the plan is accepted, nor after the forward road. */
function runMove(state: RunState, move: Move): Taken | undefined {
  if (state.outcome !== undefined || ['planned', 'rolling-back'].includes(state.phase)) {
    return undefined;
  }
  const next = move.name === 'change' ? withChange(state) : withPromoteTaken(state);
  return next === state ? undefined : { move, state: next, kinds: [] };
}

/** A walk: each pick chooses one of the moves that are there, until there is none. */
export function walk(start: RunState, picks: readonly number[]): Taken[] {
  const way: Taken[] = [];
  let state = start;
  for (const pick of picks) {
    const moves = movesFrom(state);
    const taken = moves[pick % moves.length];
    if (taken === undefined) break;
    way.push(taken);
    state = taken.state;
  }
  return way;
}

/** From here on without people: facts alone, and no further question to them. */
export function keepGoing(state: RunState, picks: readonly number[]): Taken[] {
  const way: Taken[] = [];
  let now = state;
  for (const pick of picks) {
    const facts = movesFrom(now).filter(
      ({ move }) => move.is === 'fact' && move.name !== 'approval-asked',
    );
    const taken = facts[pick % facts.length];
    if (taken === undefined) break;
    way.push(taken);
    now = taken.state;
  }
  return way;
}

/** All states that any walk can reach. The machine is small enough to look at every one. */
export function reachable(start: RunState): RunState[] {
  const seen = new Map([[keyOf(start), start]]);
  const open = [start];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const { state: next } of movesFrom(state)) {
      if (seen.has(keyOf(next))) continue;
      seen.set(keyOf(next), next);
      open.push(next);
    }
  }
  return [...seen.values()];
}

function keyOf(state: RunState): string {
  return JSON.stringify(Object.entries(state).sort(([a], [b]) => a.localeCompare(b)));
}

/** What people were told, in order; the marked repeat has an exclamation mark. */
export function told(way: readonly Taken[]): string[] {
  return way
    .flatMap(({ kinds }) => kinds)
    .filter(({ kind }) => isNotified(kind))
    .map(({ kind, mark }) => (mark === undefined ? kind : `${kind}!`));
}
