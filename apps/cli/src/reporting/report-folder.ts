import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';

/** Writes `record.json`, `summary.md` and `result.env`, each whole or not at all; over what was there. */
export function writeReport(folder: string, report: Report): void {
  const { deploymentId, outcome, document, summary } = report;
  const record = join(folder, 'record.json');
  mkdirSync(folder, { recursive: true });
  // One line, so that it fits where a line is a value.
  writeWhole(record, `${JSON.stringify(document)}\n`);
  writeWhole(join(folder, 'summary.md'), summary);
  const values = { DEPLOYMENT_ID: deploymentId, OUTCOME: outcome, RECORD: record };
  const lines = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`FAIRLEAD_${name}=${value}\n`],
  );
  writeWhole(join(folder, 'result.env'), lines.join(''));
}

/** A job may be killed in its middle. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
