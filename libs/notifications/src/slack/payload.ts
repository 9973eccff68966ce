import type { Message } from '../message/message.ts';
import { toPlainText } from '../message/plain-text.ts';
import type { SlackPayload } from './client.ts';

// Slack's limits, in characters (reference of Block Kit).
const HEADER = 150;
const SECTION = 3_000;
const FIELD = 2_000;
const FIELDS = 10;
const CONTEXT = 2_000;
const LINK = 3_000;
const FALLBACK = 3_000;
const BARE_TEXT = 40_000;

/** Or Slack would make a mention of every `@here`, and a link of whatever looks like an address or a channel. */
const verbatim = { type: 'mrkdwn', verbatim: true } as const;
/** Nothing that ends a link or gives it another text. */
const ADDRESS = /^https?:\/\/[^\s<>|]+$/;

/** The message in Block Kit. `text` is what notifications and screen readers show. */
export function toPayload(message: Message, key: string): SlackPayload {
  const { title, summary, facts, error, action, link } = message;
  return {
    text: cut(escape(`${title}: ${summary}`), FALLBACK),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, HEADER) } },
      ...(summary === '' ? [] : [section(escape(summary))]),
      ...chunks(facts, FIELDS).map((some) => ({
        type: 'section' as const,
        fields: some.map(({ label, value }) => ({
          ...verbatim,
          text: cut(`*${escape(label)}*\n${linked(value)}`, FIELD),
        })),
      })),
      ...(error === undefined ? [] : [section(`*Error*\n${escape(error)}`)]),
      ...(action === undefined ? [] : [section(escape(action))]),
      ...(link === undefined || link.length > LINK ? [] : [button(link)]),
      // Slack knows no keys: a repeat is recognised by this line.
      { type: 'context', elements: [{ type: 'plain_text', text: cut(key, CONTEXT) }] },
    ],
  };
}

/** For a vendor that refuses our form: title, facts and link as bare text. */
export function toBarePayload(message: Message, key: string): SlackPayload {
  return { text: cut(escape(`${toPlainText(message)}\n${key}`), BARE_TEXT) };
}

function section(text: string) {
  return { type: 'section' as const, text: { ...verbatim, text: cut(text, SECTION) } };
}

function button(url: string) {
  const text = { type: 'plain_text' as const, text: 'Open in Temporal' };
  return { type: 'actions' as const, elements: [{ type: 'button' as const, text, url }] };
}

/** A fact that is an address, and nothing else, can be followed. */
function linked(value: string): string {
  const shown = escape(value);
  // Half a link would swallow what follows.
  return ADDRESS.test(value) && shown.length < FIELD / 2 ? `<${shown}>` : shown;
}

/** Slack's three; everything else is text to it, and links and mentions begin with `<`. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** By code points, and the cut is named. An entity that is cut in two is left out whole. */
function cut(text: string, limit: number): string {
  const points = Array.from(text);
  if (points.length <= limit) return text;
  const mark = '… (cut)';
  const kept = points.slice(0, limit - mark.length).join('');
  return kept.replace(/&[a-z]{0,3}$/, '') + mark;
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return list.length === 0 ? [] : [list.slice(0, size), ...chunks(list.slice(size), size)];
}
