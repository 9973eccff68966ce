// `npm test`: every suite that this machine can run, fast ones first, and a plain line for each that it cannot.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporalPath, testClusterPath } from './setup/index.ts';

interface Suite {
  readonly name: string;
  /** Brings what the suite needs, or throws an error that names the mend. */
  readonly needs: () => Promise<unknown>;
}

const SUITES: readonly Suite[] = [
  { name: 'unit', needs: () => Promise.resolve() },
  { name: 'replay', needs: () => Promise.resolve() },
  { name: 'integration', needs: servers },
  { name: 'e2e', needs: servers },
];

function servers(): Promise<unknown> {
  return Promise.all([temporalPath(), testClusterPath()]);
}

interface JestSummary {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

let passed = 0;
let failed = 0;
const skipped: string[] = [];

for (const suite of SUITES) {
  try {
    await suite.needs();
  } catch (error) {
    skipped.push(
      `${suite.name} not run: ${error instanceof Error ? error.message : String(error)}`,
    );
    continue;
  }
  const summary = await runJest(suite.name);
  passed += summary.numPassedTests;
  // A file that does not load has no test to fail.
  failed += Math.max(summary.numFailedTests, summary.numFailedTestSuites > 0 ? 1 : 0);
}

// A pipeline must not pass because a machine could not test.
if (process.env['CI'] === 'true') failed += skipped.length;
for (const line of skipped) process.stdout.write(`${line}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function runJest(project: string): Promise<JestSummary> {
  const outputFile = join(await mkdtemp(join(tmpdir(), 'fairlead-test-')), 'summary.json');
  const jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...['--selectProjects', project, '--passWithNoTests', '--forceExit'],
      ...['--json', `--outputFile=${outputFile}`],
      // A file of these starts servers of its own, and waits more than it works: three at a time fit two cores.
      ...(project === 'unit' ? [] : ['--maxWorkers=3']),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await new Promise((resolve) => jest.once('close', resolve));
  try {
    return JSON.parse(await readFile(outputFile, 'utf8')) as JestSummary;
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 1 };
  }
}
