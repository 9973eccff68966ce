// Holds the committed report of the library's surface against what it is now; `--update` takes the new one over.
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { describeSurface, keepReport, REPORT } from './declarations.js';

const { report } = await describeSurface();
const before = await readFile(REPORT, 'utf8').catch(() => '');
if (process.argv.includes('--update')) {
  await keepReport(report);
} else if (report !== before) {
  process.stderr.write(
    `the surface of @fairlead/client is not what ${relative(process.cwd(), REPORT)} says:\n` +
      `${changes(before, report)}\n` +
      'if that is meant, `npm run -w @fairlead/client surface -- --update` takes it over\n',
  );
  process.exitCode = 1;
}

/** Lines that went and lines that came. */
function changes(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ].join('\n');
}
