import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';

export interface WorkerProcess {
  readonly pid: number;
  /** Exit code or signal name, asked or not. */
  readonly exited: Promise<number | string>;
  stop(): Promise<void>;
}

/** Beside the CLI in the workspace; the same distance from `src/up` and from what is built. */
const WORKER = ['../../../worker/bin/fairlead-worker.js', '../../worker/bin/fairlead-worker.js'];

/** The worker drains for 30 s on its own; it is killed only when it hangs. */
export const STOP_DEADLINE_MS = 40_000;

/**
 * Starts a worker in a process group of its own: Ctrl-C reaches it through us, so that it ends before the server.
 * Its log goes to our stderr.
 */
export async function startWorker(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [workerPath(), ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'spawn');
  const exited = once(child, 'exit').then(() => child.exitCode ?? child.signalCode ?? 'unknown');
  const endWithUs = () => {
    child.kill('SIGTERM');
  };
  process.once('exit', endWithUs);
  void exited.then(() => process.off('exit', endWithUs));
  return {
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function workerPath(): string {
  const path = WORKER.map((relative) => fileURLToPath(new URL(relative, import.meta.url))).find(
    (candidate) => existsSync(candidate),
  );
  if (path !== undefined) return path;
  throw new FairleadError('usage', EXIT.usage, 'The worker is not installed beside this command.');
}
