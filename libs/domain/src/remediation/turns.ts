import type { TurnAnswer, TurnRequest } from '@fairlead/contracts';

/** Who acts in an environment, and when the actions of the last hour were. */
export interface Turns {
  readonly acting: readonly {
    readonly turn: string;
    readonly target: string;
    /** Epoch milliseconds of its action; absent of those from before this was kept. */
    readonly atMs?: number;
    /** When it counts as over although nobody said so. */
    readonly untilMs: number;
  }[];
  /** Epoch milliseconds, oldest first. */
  readonly actionsAtMs: readonly number[];
}

export const NO_TURNS: Turns = { acting: [], actionsAtMs: [] };

const HOUR_MS = 60 * 60_000;

/** Whether one more may act. The same turn asked for again is the same turn. */
export function takeTurn(
  before: Turns,
  { environment, turn, target, limits, forMs }: TurnRequest,
  nowMs: number,
): { readonly turns: Turns; readonly answer: TurnAnswer } {
  const turns = recent(before, nowMs);
  const { acting, actionsAtMs } = turns;
  if (acting.some((one) => one.turn === turn)) return { turns, answer: { granted: true } };
  const others = new Set(acting.map((one) => one.target).filter((one) => one !== target));
  const { targetsAtOnce, actionsPerHour } = limits;
  const crowd = [
    ...(others.size >= targetsAtOnce
      ? [`${others.size} targets are being mended, at most ${targetsAtOnce} at once`]
      : []),
    ...(actionsAtMs.length >= actionsPerHour
      ? [`${actionsAtMs.length} actions within the last hour, at most ${actionsPerHour}`]
      : []),
  ];
  if (crowd.length > 0) {
    const refused = `many things fail at once in ${environment}: not touching them (${crowd.join('; ')})`;
    return { turns, answer: { refused } };
  }
  return {
    turns: {
      acting: [...acting, { turn, target, atMs: nowMs, untilMs: nowMs + forMs }],
      actionsAtMs: [...actionsAtMs, nowMs],
    },
    answer: { granted: true },
  };
}

/** It is over. One that wrote nothing is no action of the hour. */
export function endTurn(turns: Turns, turn: string, hasActed = true): Turns {
  const ended = turns.acting.find((one) => one.turn === turn);
  const acting = turns.acting.filter((one) => one !== ended);
  const spent = hasActed ? -1 : turns.actionsAtMs.findIndex((atMs) => atMs === ended?.atMs);
  return { acting, actionsAtMs: turns.actionsAtMs.filter((_atMs, index) => index !== spent) };
}

/** Without what is over. */
export function recent({ acting, actionsAtMs }: Turns, nowMs: number): Turns {
  return {
    acting: acting.filter(({ untilMs }) => untilMs > nowMs),
    actionsAtMs: actionsAtMs.filter((atMs) => atMs > nowMs - HOUR_MS),
  };
}
