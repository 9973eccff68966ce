// `npm test`: every suite that this machine can run, and a plain line for those that it cannot.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startSharedCluster, startSharedTemporal } from '@fairlead/testing/servers';
import { temporalPath } from './setup/index.ts';

/** What suites share while they run: variables that tell them of it, and its end. */
interface Shared {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Or why they cannot be had here. */
async function servers(): Promise<Shared | string> {
  try {
    await temporalPath();
    const temporal = await startSharedTemporal();
    try {
      const cluster = await startSharedCluster();
      return {
        env: { ...temporal.env, ...cluster.env },
        async stop() {
          await Promise.all([temporal.stop(), cluster.stop()]);
        },
      };
    } catch (error) {
      // It would hold this process open.
      await temporal.stop();
      throw error;
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Files of the suites that need them. */
const NEEDS_SERVERS = '\\.(integration|e2e)\\.test\\.ts$';

interface JestSummary {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

// Each thread of the runner would compile anew what the others, and the last run, have compiled.
enableCompileCache();
const compiled = getCompileCacheDir();

const [begun] = await Promise.all([servers(), build()]);
const shared = typeof begun === 'string' ? undefined : begun;

// Side by side: what computes fills the time in which what has servers of its own waits.
const summary = await runJest(shared);
await shared?.stop();

// A file that does not load has no test to fail.
let failed = Math.max(summary.numFailedTests, summary.numFailedTestSuites > 0 ? 1 : 0);
if (typeof begun === 'string') {
  // A pipeline must not pass because a machine could not test.
  if (process.env['CI'] === 'true') failed += 1;
  process.stdout.write(`integration and e2e not run: ${begun}\n`);
}
process.stdout.write(`${summary.numPassedTests} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * What is shipped is what the suites start, and one build serves them all: each file that has a worker would take 4 s
 * to bundle the workflows, and each worker would load a thousand modules one by one.
 */
async function build(): Promise<void> {
  for (const tool of ['bundle-apps', 'bundle-workflows']) {
    await promisify(execFile)(process.execPath, [`tools/bundle/${tool}.ts`]);
  }
}

async function runJest(shared: Shared | undefined): Promise<JestSummary> {
  const outputFile = join(await mkdtemp(join(tmpdir(), 'fairlead-test-')), 'summary.json');
  const jest = spawn(
    process.execPath,
    [
      // What dies young is cleared away more seldom, which saves a twentieth.
      '--max-semi-space-size=64',
      'node_modules/jest/bin/jest.js',
      ...['--config', 'tools/jest/all-suites.js', '--forceExit'],
      ...['--json', `--outputFile=${outputFile}`],
      ...(shared === undefined
        ? ['--testPathIgnorePatterns', '/node_modules/', NEEDS_SERVERS]
        : []),
      // Files with servers of their own wait more than they work: six at a time fill two cores.
      '--maxWorkers=6',
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ...(compiled !== undefined && { NODE_COMPILE_CACHE: compiled }),
        FAIRLEAD_BUILT: '1',
        FAIRLEAD_WORKFLOW_BUNDLE: resolve('apps/worker/dist/workflow-bundle.js'),
        // Test files are threads of one process and share these: the usual four would keep one another waiting for a file.
        UV_THREADPOOL_SIZE: '16',
        ...shared?.env,
      },
    },
  );
  await new Promise((resolve) => jest.once('close', resolve));
  try {
    return JSON.parse(await readFile(outputFile, 'utf8')) as JestSummary;
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 1 };
  }
}
