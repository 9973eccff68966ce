import { describe, expect, it } from '@jest/globals';
import { quietUntil } from './quiet-hours.ts';
import type { QuietHours } from './quiet-hours.ts';

function hours(from: string, to: string, timeZone = 'Asia/Seoul'): QuietHours {
  return { from, to, timeZone, then: 'hold' };
}

function endAt(quiet: QuietHours, at: string): string | undefined {
  return quietUntil(quiet, new Date(at))?.toISOString();
}

/** The night in which Berlin goes from 02:00 to 03:00, at 01:00 UTC. */
const SPRING = '2026-03-29';
/** The night in which Berlin goes from 03:00 back to 02:00, at 01:00 UTC. */
const AUTUMN = '2026-10-25';
const BERLIN = 'Europe/Berlin';

describe('quietUntil', () => {
  it.each([
    ['one second before it', '2026-11-25T12:59:59.999Z', undefined],
    ['in its first minute', '2026-11-25T13:00:00.000Z', '2026-11-25T22:00:00.000Z'],
    ['at midnight', '2026-11-25T15:00:00.000Z', '2026-11-25T22:00:00.000Z'],
    ['in its last second', '2026-11-25T21:59:59.999Z', '2026-11-25T22:00:00.000Z'],
    ['at its end', '2026-11-25T22:00:00.000Z', undefined],
  ])('"Half-open, may pass midnight": 22:00 to 07:00 in Seoul, %s', (_, at, end) => {
    expect(endAt(hours('22:00', '07:00'), at)).toBe(end);
  });

  it.each([
    ['before it', '2026-11-25T03:59:59Z', undefined],
    ['in it', '2026-11-25T04:00:10Z', '2026-11-25T04:30:00.000Z'],
    ['after it', '2026-11-25T04:30:00Z', undefined],
  ])('reads a span within a day %s', (_, at, end) => {
    expect(endAt(hours('13:00', '13:30'), at)).toBe(end);
  });

  it.each([
    ['ends at midnight', hours('22:00', '00:00'), '2026-11-25T14:00:00Z', '2026-11-25T15:00'],
    ['begins at midnight', hours('00:00', '06:00'), '2026-11-25T15:00:00Z', '2026-11-25T21:00'],
  ])('reads a span that %s', (_, quiet, at, end) => {
    expect(endAt(quiet, at)).toBe(`${end}:00.000Z`);
    expect(endAt(quiet, `${end}:00Z`)).toBeUndefined();
  });

  it('is never quiet in an empty span', () => {
    expect(endAt(hours('09:00', '09:00'), '2026-11-25T00:00:00Z')).toBeUndefined();
  });

  it.each([
    ['Asia/Seoul', undefined],
    ['Europe/Berlin', '2026-11-25T06:00:00.000Z'],
    ['Europe/London', '2026-11-25T07:00:00.000Z'],
  ])('"An IANA zone", "never the machine\'s": one instant by the clocks of %s', (zone, end) => {
    expect(endAt(hours('22:00', '07:00', zone), '2026-11-24T23:00:00Z')).toBe(end);
  });

  it('is not quiet in a span that the clocks skip', () => {
    const minutes = Array.from(
      { length: 3 * 60 },
      (_, n) => Date.parse(`${SPRING}T00:00Z`) + n * 60_000,
    );

    const ends = minutes.map((ms) => quietUntil(hours('02:10', '02:50', BERLIN), new Date(ms)));

    expect(ends.filter((end) => end !== undefined)).toEqual([]);
  });

  it.each([
    ['an hour shorter in spring', '2026-03-28T21:00:00Z', `${SPRING}T05:00:00.000Z`],
    ['an hour longer in autumn', '2026-10-24T20:00:00Z', `${AUTUMN}T06:00:00.000Z`],
    ['as ever in between', '2026-07-01T20:00:00Z', '2026-07-02T05:00:00.000Z'],
  ])('has a night with a clock change in Berlin, %s', (_, at, end) => {
    expect(endAt(hours('22:00', '07:00', BERLIN), at)).toBe(end);
  });

  it.each([
    ['whose end is skipped, at the change', `${SPRING}T00:10:00Z`, `${SPRING}T01:00:00.000Z`],
    ['whose end comes twice, at the first', `${AUTUMN}T00:10:00Z`, `${AUTUMN}T00:30:00.000Z`],
    ['once more when the hour comes twice', `${AUTUMN}T01:10:00Z`, `${AUTUMN}T01:30:00.000Z`],
  ])('ends a night with a clock change %s', (_, at, end) => {
    expect(endAt(hours('22:00', '02:30', BERLIN), at)).toBe(end);
  });

  it.each([
    [SPRING, '22:00', '07:00', BERLIN],
    [SPRING, '01:30', '02:30', BERLIN],
    [AUTUMN, '22:00', '07:00', BERLIN],
    [AUTUMN, '01:30', '02:30', BERLIN],
    [AUTUMN, '02:30', '02:10', BERLIN],
    ['2026-10-04', '22:00', '02:15', 'Australia/Lord_Howe'],
    ['2026-04-05', '01:40', '23:59', 'Australia/Lord_Howe'],
  ])('tells around %s, for %s to %s, the first minute that is not quiet', (day, from, to, zone) => {
    const quiet = hours(from, to, zone);
    const start = Date.parse(`${day}T00:00:00Z`) - 12 * 3_600_000;
    const endOf = (ms: number) => quietUntil(quiet, new Date(ms))?.getTime();
    const ends = Array.from({ length: 36 * 60 }, (_, n) => endOf(start + n * 60_000));

    // Of neighbours in one span both name the same end, and the minute of the end is not quiet.
    const wrong = ends.flatMap((end, n) => {
      const next = start + (n + 1) * 60_000;
      const expected = end === undefined || end === next ? undefined : end;
      if (end === undefined || n + 1 === ends.length || ends[n + 1] === expected) return [];
      return [next];
    });

    expect(ends.some((end) => end !== undefined)).toBe(true);
    expect(wrong.map((ms) => new Date(ms).toISOString())).toEqual([]);
  });
});
