import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a process ended: its exit code, or the signal's name. */
export type Ending = number | string;

export interface Child {
  readonly pid: number;
  readonly exited: Promise<Ending>;
  /** The end of what it wrote: why it ended. */
  output(): string;
  stop(): Promise<void>;
}

/** Longer than the server needs to close its database. */
const STOP_DEADLINE_MS = 5_000;
const OUTPUT_LIMIT = 4_000;

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal leaves it running until the workers
 * before it have ended. It ends with this process, and by its own pid.
 */
export async function startChild(command: string, args: readonly string[]): Promise<Child> {
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-OUTPUT_LIMIT);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  await once(child, 'spawn');

  const exited = once(child, 'close').then(() => child.exitCode ?? child.signalCode ?? 'unknown');
  const endWithUs = (): void => {
    child.kill('SIGTERM');
  };
  process.once('exit', endWithUs);
  void exited.then(() => process.removeListener('exit', endWithUs));
  return {
    pid: child.pid ?? 0,
    exited,
    output: () => output.trim(),
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
