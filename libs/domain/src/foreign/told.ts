import { TOLD_TYPES } from '@fairlead/contracts';
import type { Told, ToldType } from '@fairlead/contracts';
import type { Fact } from '../facts.ts';
import type { RunState } from '../run-state.ts';
import { isTime } from '../text/time.ts';

/** Longest ID and longest message that are taken down, in characters: everything in a history stays small. */
const ID_LIMIT = 200;
const MESSAGE_LIMIT = 2_000;
/** Clocks of two machines differ by less. */
const AHEAD_LIMIT_MS = 5 * 60_000;

const OF_ROLLBACK: readonly ToldType[] = ['rolled-back', 'rollback-failed'];

/** What is wrong with something that came over the wire, in one sentence. */
export function toldProblem(told: Told, nowMs: number): string | undefined {
  const { eventId, type, message, at } = told as Partial<Record<keyof Told, unknown>>;
  if (typeof eventId !== 'string' || eventId === '' || eventId.length > ID_LIMIT) {
    return `an event needs an eventId of 1 to ${ID_LIMIT} characters`;
  }
  if (!TOLD_TYPES.some((known) => known === type)) {
    return `an event's type is one of ${TOLD_TYPES.join(', ')}`;
  }
  if (message !== undefined && (typeof message !== 'string' || message.length > MESSAGE_LIMIT)) {
    return `an event's message is text of at most ${MESSAGE_LIMIT} characters`;
  }
  if (at === undefined) return undefined;
  if (!isTime(at)) return "an event's time is written as in 2026-01-31T12:00:00Z";
  return Date.parse(at) > nowMs + AHEAD_LIMIT_MS ? 'an event cannot lie in the future' : undefined;
}

/** Why what is told does not fit what is known, or undefined when it does. */
export function toldRefusal(state: RunState, type: ToldType): string | undefined {
  if (state.phase !== 'rolling-back' || type === 'progress' || OF_ROLLBACK.includes(type)) {
    return undefined;
  }
  return `it is rolling back; that ends with ${OF_ROLLBACK.join(' or ')}`;
}

/** What it means to the state machine, in order. Who tells of a way back alone has told of the failure too. */
export function factsOfTold(state: RunState, type: ToldType): readonly Fact[] {
  const back: readonly Fact[] = state.phase === 'rolling-back' ? [] : ['failed'];
  switch (type) {
    case 'begun':
    case 'progress':
      return [];
    case 'succeeded':
      return ['updated', 'bake-over'];
    case 'failed':
    case 'rollback-begun':
      return ['failed'];
    case 'rolled-back':
      return [...back, 'undone'];
    case 'rollback-failed':
      return [...back, 'undo-failed'];
  }
}

/** What another tool says of a way back means that there is one. */
export function meansWayBack(type: ToldType): boolean {
  return type === 'rollback-begun' || OF_ROLLBACK.includes(type);
}
