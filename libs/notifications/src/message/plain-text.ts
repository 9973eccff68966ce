import type { Message } from './message.ts';

/** The plain form: for channels without one of their own, and for a vendor that refuses the rich one. */
export function toPlainText(message: Message): string {
  return [
    message.title,
    // Of a failure, the error often says the same at more length.
    ...(message.error?.includes(message.summary) === true ? [] : [message.summary]),
    ...message.facts.map(({ label, value }) => `${label}: ${value}`),
    ...(message.error === undefined ? [] : [`Error: ${message.error}`]),
    ...(message.action === undefined ? [] : [`Action: ${message.action}`]),
    ...(message.link === undefined ? [] : [`Link: ${message.link}`]),
  ].join('\n');
}
