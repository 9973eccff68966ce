import { stripVTControlCharacters } from 'node:util';
import { plain } from '@fairlead/client/internal/words/plain';

/** Text from outside, as it stands, wherever GitHub, GitLab or Jenkins read Markdown: also in a cell of a table. */
export function escaped(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]()#+!|<>~&@-]/g, '\\$&');
}

/** Lines as they were written. The fence is longer than any in them. */
export function fenced(text: string): string {
  const lines = stripVTControlCharacters(text).trimEnd();
  const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, lines, fence].join('\n');
}

/** Cells are escaped by whoever makes them. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
