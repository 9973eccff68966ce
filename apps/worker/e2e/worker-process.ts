import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../bin/fairlead-worker.js', import.meta.url));

export interface SpawnedWorker {
  readonly child: ChildProcess;
  /** What it wrote to standard error: its log, and its last words. */
  stderr(): string;
  stdout(): string;
  /** Exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
  /** The status of a path of the health endpoint; undefined while it does not listen. */
  healthStatus(path: string): Promise<number | undefined>;
}

export function spawnWorker(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SpawnedWorker {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  let stdout = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const exited = once(child, 'close').then(() => child.exitCode ?? child.signalCode ?? 'unknown');

  async function healthStatus(path: string): Promise<number | undefined> {
    const port = /"port":(\d+),"message":"health endpoint listens"/.exec(stderr)?.[1];
    if (port === undefined) return undefined;
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    return response?.status;
  }

  return {
    child,
    stderr: () => stderr,
    stdout: () => stdout,
    exited,
    healthStatus,
  };
}
