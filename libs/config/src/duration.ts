const MS_PER_UNIT = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof MS_PER_UNIT;

/** Largest first. */
const UNITS: readonly Unit[] = ['d', 'h', 'm', 's', 'ms'];

export const DURATION_PATTERN = /^(?:0|[1-9]\d{0,9})(?:ms|s|m|h|d)$/;

/** 30 days: what waits longer is a mistake, and Temporal's own timers stay exact. */
export const MAX_DURATION_MS = 30 * MS_PER_UNIT.d;

/**
 * Milliseconds of `500ms`, `30s`, `5m`, `2h` or `1d`.
 * Undefined for anything else, a number without its unit and more than 30 days included.
 */
export function parseDuration(text: string): number | undefined {
  if (!DURATION_PATTERN.test(text)) return undefined;
  const unit = text.replace(/^\d+/, '') as Unit;
  const durationMs = Number.parseInt(text, 10) * MS_PER_UNIT[unit];
  return durationMs <= MAX_DURATION_MS ? durationMs : undefined;
}

/** The one form in which a duration is shown: whole, in the largest unit that it is a multiple of. */
export function formatDuration(durationMs: number): string {
  const unit = UNITS.find((candidate) => durationMs % MS_PER_UNIT[candidate] === 0) ?? 'ms';
  return durationMs === 0 ? '0s' : `${durationMs / MS_PER_UNIT[unit]}${unit}`;
}
