import { stripVTControlCharacters } from 'node:util';

/** C0 and C1 controls, line and paragraph separators, and the bidirectional overrides that can hide text. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Text from outside (image names, reasons, errors) as one line that cannot drive the terminal. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(UNSAFE, ' ').trim();
}

/** At most `width` characters, the cut shown. */
export function cut(text: string, width: number): string {
  const points = [...text];
  if (points.length <= width) return text;
  return width <= 1 ? '…' : `${points.slice(0, width - 1).join('')}…`;
}
