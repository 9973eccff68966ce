import type { Report } from './report.ts';

/** A call of a destination, and how it ended. */
export interface StormCall {
  readonly destination: string;
  /** Told by it: of a digest all of them. */
  readonly events: number;
  readonly startedMs: number;
  readonly endedMs: number;
  /** The answer's state; `failed` where it was none. */
  readonly state: string;
}

export interface Storm {
  readonly calls: readonly StormCall[];
  /** Of the last failure, on the calls' clock. */
  readonly failedMs: number;
  /** Who has to be told of every event. */
  readonly expected: readonly string[];
  readonly events: number;
  readonly windowMs: number;
  /** Messages a minute, by destination. */
  readonly caps: Readonly<Record<string, number>>;
  /** Messages that the vendors have. */
  readonly taken: number;
  /** Keys that should have a receipt, and those that have none which is final. */
  readonly sampled: number;
  readonly unresolved: readonly string[];
}

const MINUTE_MS = 60_000;
/** One for what fails at the start of a window, one for what comes in the meantime. */
const WINDOWS = 2;
const TOLD = ['accepted', 'delivered'];

/** What the storm must keep to. Pure. */
export function stormVerdicts(storm: Storm): Report['verdicts'] {
  const { calls, expected, failedMs, windowMs, caps, taken, sampled, unresolved } = storm;
  const withinMs = WINDOWS * windowMs;
  const told = calls.filter(isTold);
  return [
    ...expected.map((destination) => {
      const { isWhole, lastMs, missing } = toldTo(destination, storm);
      const after = isWhole ? `${seconds(lastMs - failedMs)} s` : `${missing} events not told`;
      return {
        target: `${destination}: everything told after the last failure: ${after} (at most ${seconds(withinMs)} s)`,
        met: isWhole && lastMs - failedMs <= withinMs,
      };
    }),
    ...Object.entries(caps).map(([destination, cap]) => {
      const most = mostInAMinute(calls.filter((call) => call.destination === destination));
      return {
        target: `${destination}: most in a minute: ${most} (at most ${cap})`,
        met: most <= cap,
      };
    }),
    {
      target: `messages that the vendors took: ${taken} (${told.length} by their answers)`,
      met: taken === told.length && taken > 0,
    },
    {
      target: `receipts without an end: ${unresolved.length} of ${sampled} (0)${first(unresolved)}`,
      met: sampled > 0 && unresolved.length === 0,
    },
  ];
}

/** What is covered by another message counts as told: it needs no message of its own. */
export function toldTo(
  destination: string,
  { calls, events }: Pick<Storm, 'calls' | 'events'>,
): { readonly isWhole: boolean; readonly missing: number; readonly lastMs: number } {
  const ended = calls.filter(
    (call) => call.destination === destination && (isTold(call) || call.state === 'suppressed'),
  );
  const missing = events - ended.reduce((sum, call) => sum + call.events, 0);
  const lastMs = Math.max(...ended.map(({ endedMs }) => endedMs));
  return { isWhole: missing <= 0, missing: Math.max(missing, 0), lastMs };
}

export function isTold({ state }: StormCall): boolean {
  return TOLD.includes(state);
}

/** Of requests: what is suppressed asks no vendor. */
export function mostInAMinute(calls: readonly StormCall[]): number {
  const asked = calls.filter(({ state }) => state !== 'suppressed');
  return Math.max(
    0,
    ...asked.map(
      ({ startedMs: from }) =>
        asked.filter(({ startedMs }) => startedMs >= from && startedMs < from + MINUTE_MS).length,
    ),
  );
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}

function first([key]: readonly string[]): string {
  return key === undefined ? '' : `, such as ${key}`;
}
