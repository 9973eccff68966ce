import { formatPath } from '../key-path.ts';
import type { KeyPath } from '../key-path.ts';
import { emptyFormAt } from '../schema/empty-form.ts';

interface EmptyPlace {
  readonly path: KeyPath;
  readonly text: string;
  readonly offset: number;
}

/** What to do about a key, or an element of a list, that has no value. */
export function emptyMessage({ path, text, offset }: EmptyPlace): string {
  if (path.length === 0) return 'the file holds no key';
  const mend = mendOf(path);
  if (!lineAt(text, offset).includes('#')) return `empty; ${mend}`;
  const quotes = 'empty; if a value was meant after `#`, put it in quotes';
  return emptyFormAt(path) === undefined ? quotes : `${quotes}, else ${mend}`;
}

export function nullMessage(path: KeyPath): string {
  const form = emptyFormAt(path);
  const mend = form === undefined ? 'leave the key out, or put it in quotes' : mendOf(path);
  return `null is no value; ${mend}`;
}

function mendOf(path: KeyPath): string {
  if (typeof path.at(-1) === 'number') return 'give it a value, or leave the `-` out';
  const form = emptyFormAt(path);
  if (form === undefined) return 'give it a value, or leave the key out';
  const key = formatPath(path).split('.').at(-1) ?? '';
  // A key that may be anything is only described.
  return key.startsWith('(') ? `write \`${form}\` behind it` : `write \`${key}: ${form}\``;
}

function lineAt(text: string, offset: number): string {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end === -1 ? undefined : end);
}
