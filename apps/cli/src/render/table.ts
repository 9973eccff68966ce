import { cut } from '@fairlead/client/internal/words/plain';

/** Columns as wide as their widest cell, two spaces between, no trailing blanks. Cells hold no escape codes. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Long enough for any name that Kubernetes takes, short enough for a line of a terminal. */
const CELL = 40;

export function cell(text: string | undefined): string {
  return text === undefined || text === '' ? '-' : cut(text, CELL);
}
