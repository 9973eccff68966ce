/** A line of a table: what, then its figures. */
export type Row = Readonly<Record<string, string | number>>;

export interface Report {
  readonly bench: string;
  /** What was done, in one line. */
  readonly what: string;
  readonly rows: readonly Row[];
  /** What the target asks, and whether it is met. */
  readonly verdicts: readonly { readonly target: string; readonly met: boolean }[];
}

/** Writes the report to standard output, as text or as one JSON document. Resolves to the exit code: 1 for a target missed. */
export function printReport(report: Report, asJson: boolean): number {
  const { bench, what, rows, verdicts } = report;
  const lines = [
    `${bench}: ${what}`,
    '',
    ...table(rows),
    '',
    ...verdicts.map(({ target, met }) => `${met ? 'met   ' : 'MISSED'} ${target}`),
  ];
  process.stdout.write(asJson ? `${JSON.stringify(report, null, 2)}\n` : `${lines.join('\n')}\n`);
  return verdicts.every(({ met }) => met) ? 0 : 1;
}

function table(rows: readonly Row[]): string[] {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_name, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** Rounds to so many digits behind the point. */
export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
