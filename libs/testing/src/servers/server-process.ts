import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Scratch } from './scratch.ts';

export interface ServerProcess {
  name: string;
  pid: number;
  /** @throws Error with the end of its log, when the process has ended. */
  assertAlive(): void;
  /** Sends a signal; waits for the end when the signal is one that ends a process. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** SIGTERM, and SIGKILL when that does not help in time. Harmless when it has ended already. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
}

/** For servers in Go, memory for time: an eighth less of it to start. Percent; Go's default is 100. */
export const GOGC = '400';
/** Longer than any of these servers needs to end in good order; their data is thrown away. */
const STOP_DEADLINE_MS = 3000;
const ENDING_SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL'];

/** Starts a server that logs to a file of the scratch directory. It need not answer yet. */
export function startServer(scratch: Scratch, server: ServerCommand): ServerProcess {
  const { name, command, args, env = process.env } = server;
  const logPath = join(scratch.directory, `${name}.log`);
  const log = openSync(logPath, 'a');
  const child = spawn(command, args, { cwd: scratch.directory, env, stdio: ['ignore', log, log] });
  closeSync(log);
  const { pid } = child;
  // Without a process ID there is no process, and the reason comes as an event.
  const ended = pid === undefined ? once(child, 'error') : once(child, 'exit');
  if (pid === undefined) throw new Error(`cannot start ${name}: is ${command} a program?`);
  scratch.adopt(pid);

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const kill = async (signal: NodeJS.Signals) => {
    if (hasEnded()) return;
    child.kill(signal);
    if (ENDING_SIGNALS.includes(signal)) await ended;
  };
  return {
    name,
    pid,
    kill,
    assertAlive() {
      if (!hasEnded()) return;
      const status = String(child.exitCode ?? child.signalCode);
      throw new Error(`${name} ended with ${status}: ${tail(logPath)}`);
    },
    async stop() {
      const deadline = new AbortController();
      const late = delay(STOP_DEADLINE_MS, 'late', { signal: deadline.signal }).catch(
        () => 'ended',
      );
      if ((await Promise.race([kill('SIGTERM'), late])) === 'late') await kill('SIGKILL');
      deadline.abort();
    },
  };
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').trim().split('\n').slice(-10).join('\n');
}
