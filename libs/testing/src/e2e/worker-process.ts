import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitFor } from '../servers/index.ts';
import { asShipped } from './as-shipped.ts';

const LAUNCHER = fileURLToPath(
  new URL('../../../../apps/worker/bin/fairlead-worker.js', import.meta.url),
);
/** A second when the bundle is there; a busy machine takes many times that. */
const READY_DEADLINE_MS = 120_000;

export interface SpawnedWorker {
  readonly child: ChildProcess;
  /** What it wrote to standard error: its log, and its last words. */
  stderr(): string;
  stdout(): string;
  /** Exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
  /** Of the health endpoint; undefined while it does not listen. */
  healthPort(): number | undefined;
  /** The status of a path of the health endpoint; undefined while it does not listen. */
  healthStatus(path: string): Promise<number | undefined>;
  /** Waits until it takes work; it must have been given `--health-port`. */
  ready(): Promise<void>;
}

export function spawnWorker(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SpawnedWorker {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...asShipped(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  let stdout = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const exited = once(child, 'close').then(() => child.exitCode ?? child.signalCode ?? 'unknown');

  function healthPort(): number | undefined {
    const port = /"port":(\d+),"message":"health endpoint listens"/.exec(stderr)?.[1];
    return port === undefined ? undefined : Number(port);
  }

  async function healthStatus(path: string): Promise<number | undefined> {
    const port = healthPort();
    if (port === undefined) return undefined;
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    return response?.status;
  }

  return {
    child,
    stderr: () => stderr,
    stdout: () => stdout,
    exited,
    healthPort,
    healthStatus,
    async ready() {
      await waitFor(
        async () => {
          if (child.exitCode !== null) throw new Error(`the worker ended: ${stderr}`);
          return (await healthStatus('/readyz')) === 200;
        },
        { deadlineMs: READY_DEADLINE_MS, what: () => `the worker to be ready: ${stderr}` },
      );
    },
  };
}
