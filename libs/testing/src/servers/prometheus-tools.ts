import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const MISSING =
  'these tests need the programs prometheus and promtool, 2.42 or later: `apt-get install prometheus` on Debian';

const run = promisify(execFile);

/**
 * Runs Debian's `promtool` and answers what it says.
 * @throws Error with what it finds fault with, or with how to install it
 */
export async function promtool(args: readonly string[], cwd?: string): Promise<string> {
  try {
    const { stdout, stderr } = await run('promtool', args, { cwd });
    return stdout + stderr;
  } catch (error) {
    throw explained(error);
  }
}

/** @throws Error with how to install it, where Prometheus is absent */
export async function assertPrometheus(): Promise<void> {
  try {
    await run('prometheus', ['--version']);
  } catch (error) {
    throw explained(error);
  }
}

/** What `execFile` rejects with: `code` says that there is no such program, else what it said is beside it. */
interface RunError extends Error {
  readonly code?: string | number;
  readonly stdout?: string;
  readonly stderr?: string;
}

function explained(error: unknown): Error {
  const { code, message, stdout = '', stderr = '' } = error as RunError;
  if (code === 'ENOENT') return new Error(MISSING);
  return new Error(`${message}\n${stdout}${stderr}`, { cause: error });
}
