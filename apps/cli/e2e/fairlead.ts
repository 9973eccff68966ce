import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asShipped } from '@fairlead/testing/e2e';

export const LAUNCHER = fileURLToPath(new URL('../bin/fairlead.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** What it has written so far. */
  stderr(): string;
  stdout(): string;
  kill(signal: NodeJS.Signals): void;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Node's own options, before the program. */
  readonly nodeArgs?: readonly string[];
}

/** Starts the command as it is installed, in a clean environment: no CI, no user's Temporal. */
export function start(args: readonly string[], options: RunOptions): Started {
  const { cwd, env = {}, nodeArgs = [] } = options;
  const child = spawn(process.execPath, [...nodeArgs, LAUNCHER, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...asShipped(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    ended: once(child, 'close').then(() => ({ exitCode: child.exitCode, stdout, stderr })),
    stderr: () => stderr,
    stdout: () => stdout,
    kill: (signal) => void child.kill(signal),
  };
}

export function run(args: readonly string[], options: RunOptions): Promise<Ended> {
  return start(args, options).ended;
}

/** A folder with the given files, and its end. */
export async function createFolder(files: Readonly<Record<string, string>> = {}) {
  const path = await mkdtemp(join(tmpdir(), 'fairlead-cli-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
