/** When a role is told of nothing but critical messages. */
export interface QuietHours {
  /** First minute of quiet, "HH:MM" as the clocks of the zone show it. */
  readonly from: string;
  /** First minute after it, "HH:MM"; earlier than `from`: past midnight. The same as `from`: never quiet. */
  readonly to: string;
  /** An IANA name, such as Asia/Seoul. */
  readonly timeZone: string;
  /** What becomes of a message: told at the end of the quiet, or not at all. */
  readonly then: 'hold' | 'drop';
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * When the quiet that is on ends; undefined when it is not quiet. The zone's clocks alone decide: a night is an hour
 * shorter or longer when they change, and an hour that they show twice is quiet both times. Pure.
 * @throws RangeError for a zone that is none; the configuration's schema lets no such zone through
 */
export function quietUntil(hours: QuietHours, at: Date): Date | undefined {
  const span: Span = {
    from: minutesOf(hours.from),
    to: minutesOf(hours.to),
    clock: clockOf(hours.timeZone),
  };
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  return isQuiet(span, minute) ? new Date(endOf(span, minute) * MINUTE_MS) : undefined;
}

/** What the clocks of a zone show: `07:00 Asia/Seoul`. */
export function clockTime(at: Date, timeZone: string): string {
  return `${clockFormat(timeZone).format(at)} ${timeZone}`;
}

/** Minutes since the epoch → minute of the day that the clocks show, 0 to 1439. */
type Clock = (minute: number) => number;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly clock: Clock;
}

function isQuiet({ from, to, clock }: Span, minute: number): boolean {
  const shown = clock(minute);
  return from <= to ? from <= shown && shown < to : from <= shown || shown < to;
}

/** The first minute after a quiet one that is not quiet. */
function endOf(span: Span, quiet: number): number {
  const { to, clock } = span;
  const end = quiet + ((to - clock(quiet) + DAY_MINUTES) % DAY_MINUTES);
  if (clock(end) === to) return end;
  const change = firstChange(clock, quiet, end);
  return isQuiet(span, change) ? endOf(span, change) : change;
}

/** The minute in which the clocks are put forward or back, by halving: `before` is before it, `after` is not. */
function firstChange(clock: Clock, before: number, after: number): number {
  if (after - before <= 1) return after;
  const middle = Math.floor((before + after) / 2);
  const undisturbed = (clock(before) + middle - before) % DAY_MINUTES;
  return clock(middle) === undisturbed
    ? firstChange(clock, middle, after)
    : firstChange(clock, before, middle);
}

function clockOf(timeZone: string): Clock {
  const format = clockFormat(timeZone);
  return (minute) => minutesOf(format.format(minute * MINUTE_MS));
}

/** By time zone: one takes as long to make as hundreds of its answers. */
const clockFormats = new Map<string, Intl.DateTimeFormat>();

function clockFormat(timeZone: string): Intl.DateTimeFormat {
  const known = clockFormats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  clockFormats.set(timeZone, made);
  return made;
}

function minutesOf(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
