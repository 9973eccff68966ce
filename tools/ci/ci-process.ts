import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface JobProcess {
  readonly pid: number;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly log: string }>;
}

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A step's process as a runner has it: in a process group of its own, with no terminal and nothing to read. */
export function startProcess(
  [file, ...args]: readonly [string, ...string[]],
  { cwd, env }: ProcessOptions,
): JobProcess {
  const child = spawn(file, args, {
    ...{ cwd, env, detached: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid === undefined) throw new Error(`${file} cannot be started`);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  }
  return {
    pid: child.pid,
    ended: once(child, 'close').then(() => ({ exitCode: child.exitCode, log })),
  };
}
