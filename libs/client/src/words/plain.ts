import { stripVTControlCharacters } from 'node:util';

/** C0 and C1 controls, line and paragraph separators, and the bidirectional overrides that can hide text. */

const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Text from outside (image names, reasons, errors) as one line that cannot drive the terminal. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(UNSAFE, ' ').trim();
}

/** At most `width` characters, the cut shown. */
export function cut(text: string, width: number): string {
  // Code points, so that no surrogate pair is torn; a torn emoji sequence still shows its parts.
  const points = Array.from(text);
  if (points.length <= width) return text;
  return width <= 1 ? '…' : `${points.slice(0, width - 1).join('')}…`;
}
