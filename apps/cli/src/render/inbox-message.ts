import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';

const ERROR = 'Error: ';

/** One line of the sandbox's `inbox.jsonl` in short; undefined for what is none. The file has every word. */
export function inboxMessage(line: string, style: Style): string | undefined {
  const message = parse(line);
  if (message === undefined) return undefined;
  const { at, destination, title, text, deploymentId, action } = message;
  const lines = text.split('\n').filter((part) => part.trim() !== '' && part !== title);
  const error = lines.find((part) => part.startsWith(ERROR));
  const summary = error?.slice(ERROR.length) ?? lines[0] ?? '';
  return [
    `${style.dim(at.slice(11, 19))} ${style.cyan(`✉ ${plain(destination)}`)}  ${style.bold(plain(title))}  ${style.dim(plain(deploymentId))}`,
    `    ${plain(summary)}`,
    ...(action === undefined ? [] : [`    ${plain(action)}`]),
  ].join('\n');
}

const FIELDS = ['at', 'destination', 'title', 'text', 'deploymentId'] as const;
type Message = Record<(typeof FIELDS)[number], string> & { readonly action?: string };

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
