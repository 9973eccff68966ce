import type { KeyPath } from '../key-path.ts';

const KEY_LINE = /^(\s*(?:- +)*)["']?([A-Za-z_][\w-]*)["']?\s*:/;

/**
 * Keys that a place stands below, read off the indentation: for text that no parser could read, or that none should.
 * Says which list, not which element.
 */
export function enclosingPath(text: string, offset: number): KeyPath {
  const lines = text.slice(0, offset + 1).split('\n');
  const path: string[] = [];
  let indent = indentOf(lines.at(-1) ?? '', text.slice(offset + 1));
  for (const line of lines.toReversed()) {
    const match = KEY_LINE.exec(line);
    const [, before = '', key = ''] = match ?? [];
    if (match === null || before.length >= indent) continue;
    indent = before.length;
    path.unshift(key);
    if (indent === 0) break;
  }
  return path;
}

/** What a key must stand left of: its own line's key counts, the elements before it in the same list do not. */
function indentOf(start: string, rest: string): number {
  const line = start + (rest.split('\n')[0] ?? '');
  const list = /^(\s*)- /.exec(line);
  // A list may stand in its key's own column.
  if (list !== null && !KEY_LINE.test(line)) return (list[1] ?? '').length + 1;
  return Number.POSITIVE_INFINITY;
}
