import type { EventKind } from '@fairlead/contracts';
import type { Message } from '../message/message.ts';
import { isGsm, segmentsOf } from './segments.ts';

/** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message: `Body`. */
const BODY = 1_600;
const MARK = '...(cut)';
/** A beginning that is shorter, with the mark, tells nobody anything. */
const SHORTEST = 24;
/** Of these it is said what is being done, or what a person is to do, before all else. */
const WANTS_SOMEBODY: readonly EventKind[] = [
  'deployment-failed',
  'remediation-proposed',
  'remediation-given-up',
];
/** Longest of people's own text that is sent whatever it costs: two segments, or five with an emoji in them. */
const OWN_TEXT = 300;

/** Twins in GSM-7 of what would make every segment less than half as long. */
const TWINS: readonly [RegExp, string][] = [
  [/[‘’‚‛`´]/gu, "'"],
  [/[“”„«»]/gu, '"'],
  [/[‐‑‒–—―]/gu, '-'],
  [/…/gu, '...'],
];

/**
 * The message as plain text: as many segments as title, ID, outcome, what is being done about a failure, people's own
 * text, and the link need, which is one as a rule; the rest is put in as far as there is room.
 */
export function toText(message: Message, kind: EventKind): string {
  const { title, summary, link, own = [] } = message;
  const subject = factOf(message, 'Deployment') ?? factOf(message, 'Issue');
  const id = [subject, factOf(message, 'Outcome')].filter(isThere).join(': ');
  // That it rolls back, or that someone must act, stands nowhere else: rollback-initiated is not sent.
  const isFailure = WANTS_SOMEBODY.includes(kind);
  const action = isFailure ? message.action : undefined;
  const ownText = own.includes('text') ? cut(withTwins(summary), OWN_TEXT) : undefined;
  const head = [title, id, action]
    .filter(isThere)
    .map(withTwins)
    .concat(ownText ?? []);
  const tail = link === undefined ? [] : [link];
  const kept = [...head, ...tail].join('\n');
  // Too long for Twilio: an address that is cut leads nowhere.
  if (lengthOf(kept) > BODY) return cut(head.join('\n'), BODY);

  const segments = segmentsOf(kept);
  const fits = (lines: readonly string[]) => {
    const text = lines.join('\n');
    return lengthOf(text) <= BODY && segmentsOf(text) <= segments;
  };
  const lines = restOf(message, isFailure).reduce<readonly string[]>((taken, line) => {
    const plain = isGsm(kept) ? inGsm(withTwins(line)) : withTwins(line);
    const shown = longest(plain, (some) => fits([...taken, some, ...tail]));
    return shown === undefined ? taken : [...taken, shown];
  }, head);
  return [...lines, ...tail].join('\n');
}

/** What is told where there is room, the weightier first. */
function restOf(message: Message, isFailure: boolean): readonly string[] {
  const { error, action, own = [] } = message;
  const runsNow = factOf(message, 'Runs now');
  // People's own text stands there already.
  const summary = own.includes('text') ? undefined : message.summary;
  return [
    isFailure ? (error ?? summary) : undefined,
    runsNow === undefined ? undefined : `Runs now: ${runsNow}`,
    isFailure ? undefined : summary,
    isFailure ? undefined : action,
  ].filter(isThere);
}

/** The longest beginning of the line that fits; undefined when too little of it does. */
function longest(line: string, fits: (some: string) => boolean): string | undefined {
  if (fits(line)) return line;
  let fitting = SHORTEST - 1;
  let failing = lengthOf(line);
  while (failing - fitting > 1) {
    const middle = Math.floor((fitting + failing) / 2);
    if (fits(cut(line, middle))) fitting = middle;
    else failing = middle;
  }
  return fitting < SHORTEST ? undefined : cut(line, fitting);
}

/** By code points, and the cut is named. */
function cut(text: string, limit: number): string {
  const points = Array.from(text);
  if (points.length <= limit) return text;
  return points.slice(0, limit - MARK.length).join('') + MARK;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function withTwins(text: string): string {
  return TWINS.reduce((line, [from, to]) => line.replace(from, to), text);
}

/** One strange character in an error must not cost a segment. */
function inGsm(text: string): string {
  return Array.from(text, (point) => (isGsm(point) ? point : '?')).join('');
}

function factOf({ facts }: Message, wanted: string): string | undefined {
  return facts.find(({ label }) => label === wanted)?.value;
}

function isThere(line: string | undefined): line is string {
  return line !== undefined && line !== '';
}
