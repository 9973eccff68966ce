import { plain } from './plain.ts';
import type { Style } from './style.ts';

/** One line of the sandbox's `inbox.jsonl` as a message; undefined for what is none. */
export function inboxMessage(line: string, style: Style): string | undefined {
  const message = parse(line);
  if (message === undefined) return undefined;
  const { at, destination, title, text } = message;
  return [
    `${style.dim(at.slice(11, 19))} ${style.cyan(`✉ ${plain(destination)}`)}  ${style.bold(plain(title))}`,
    ...text
      .split('\n')
      .filter((part) => part.trim() !== '' && part.trim() !== title)
      .map((part) => `    ${plain(part)}`),
  ].join('\n');
}

type Message = Record<'at' | 'destination' | 'title' | 'text', string>;
const FIELDS = ['at', 'destination', 'title', 'text'] as const;

function parse(line: string): Message | undefined {
  try {
    const value = JSON.parse(line) as Record<string, unknown> | null;
    const whole = FIELDS.every((field) => typeof value?.[field] === 'string');
    return whole ? (value as Message) : undefined;
  } catch {
    // A writer that was killed leaves half a line.
    return undefined;
  }
}
