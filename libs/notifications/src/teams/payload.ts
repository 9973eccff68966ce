import type { Message } from '../message/message.ts';
import { toPlainText } from '../message/plain-text.ts';
import type { TeamsCard, TeamsPayload } from './client.ts';
import { cut } from './cut.ts';
import { escapeMarkdown } from './markdown.ts';

/** Bytes. Teams drops a message of more than some 28 KB without a word; failures were seen from 21 KB. */
const BODY_LIMIT = 20_000;
/** Code points of one text: the first with which the message fits. The last keeps names and IDs (63) whole. */
const TEXT_LIMITS = [4_000, 2_000, 1_000, 500, 250] as const;
const SHORTEST = 250;

/** Nothing in it that Markdown reads, nor `&` but before a parameter, so that it is shown and followed as it stands; short enough for any card. */
const ADDRESS = /^https?:\/\/(?:[\w.:/?#@!$%=,;+-]|&(?=[\w-]+=)){1,200}$/;

type Element = TeamsCard['body'][number];
type Look = Omit<Extract<Element, { type: 'TextBlock' }>, 'type' | 'text'>;

/** The message as a card. Version 1.4 is the newest that Workflows take. */
export function toPayload(message: Message, key: string): TeamsPayload {
  const { title, summary, facts, error, action, link } = message;
  return fit((limit) => {
    const shown = (text: string) => escapeMarkdown(cut(text, limit));
    return envelope({
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.4',
      body: [
        block(shown(title), { size: 'Large', weight: 'Bolder' }),
        ...(summary === '' ? [] : [block(shown(summary))]),
        {
          type: 'FactSet',
          facts: facts.map(({ label, value }) => ({
            title: label,
            value: linked(value) ?? shown(value),
          })),
        },
        ...(error === undefined
          ? []
          : [block(`**Error:** ${shown(error)}`, { color: 'Attention' })]),
        ...(action === undefined ? [] : [block(shown(action))]),
        // Teams knows no keys: a repeat is recognised by this line.
        block(escapeMarkdown(key), { size: 'Small', isSubtle: true }),
      ],
      ...(link === undefined
        ? {}
        : { actions: [{ type: 'Action.OpenUrl', title: 'Open in Temporal', url: link }] }),
      msteams: { width: 'full' },
    });
  });
}

/** For a flow that refuses our form: a line of text for each thing, in the oldest version. */
export function toBarePayload({ link, ...message }: Message, key: string): TeamsPayload {
  return fit((limit) => {
    const lines = toPlainText(message)
      .split('\n')
      .map((line) => cut(line, limit));
    const all = [...lines, ...(link === undefined ? [] : [`Link: ${link}`]), key];
    return envelope({
      type: 'AdaptiveCard',
      version: '1.0',
      body: all.map((line) => block(escapeMarkdown(line))),
    });
  });
}

/** A fact that is an address, and nothing else, can be followed. */
function linked(value: string): string | undefined {
  return ADDRESS.test(value) ? `[${value}](${value})` : undefined;
}

function block(text: string, look: Look = {}): Element {
  return { type: 'TextBlock', text, wrap: true, ...look };
}

function envelope(content: TeamsCard): TeamsPayload {
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

function fit(form: (limit: number) => TeamsPayload): TeamsPayload {
  const fits = (limit: number) => Buffer.byteLength(JSON.stringify(form(limit))) <= BODY_LIMIT;
  return form(TEXT_LIMITS.find(fits) ?? SHORTEST);
}
