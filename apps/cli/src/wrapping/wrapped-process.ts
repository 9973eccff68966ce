import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { CommandEnd } from '@fairlead/contracts';
import { Family } from './family.ts';
import { forwardSignals } from './forward-signals.ts';
import { passThrough } from './pass-through.ts';
import { Tail } from './tail.ts';

export interface ProcessOptions {
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  /** Between the request to end and SIGKILL. */
  readonly graceMs: number;
  /** Hides what nobody may read of the output. */
  readonly mask: (text: string) => string;
}

export interface WrappedProcess {
  readonly ended: Promise<CommandEnd>;
  /** Asks it to end, and ends it with all that it started after the grace. */
  stop(): void;
}

/** What shells answer for a command that is not there, or may not be run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/**
 * Runs a command with this process's own streams and signals. On a terminal it has the terminal itself, and nothing of
 * its output is kept; else that passes through here.
 */
export function startProcess({ command, env, graceMs, mask }: ProcessOptions): WrappedProcess {
  const [file, ...args] = command;
  const onTerminal = process.stdout.isTTY;
  const tail = new Tail(mask);
  const family = new Family();
  const child = spawn(file, args, {
    env: family.mark(env),
    stdio: onTerminal ? 'inherit' : ['inherit', 'pipe', 'pipe'],
  });
  const passing = [
    ...(child.stdout === null ? [] : [passThrough(child.stdout, 1, tail)]),
    ...(child.stderr === null ? [] : [passThrough(child.stderr, 2, tail)]),
  ];
  const over = new AbortController();
  const asked = new AbortController();
  const killLater = () => {
    asked.abort();
    wait(graceMs, undefined, { signal: over.signal }).then(
      () => {
        child.kill('SIGKILL');
        return family.kill();
      },
      () => undefined,
    );
  };
  forwardSignals(child, killLater);
  return {
    stop: () => {
      child.kill('SIGTERM');
      killLater();
    },
    ended: (async () => {
      const { words, ...end } = await endOf(child, file);
      if (asked.signal.aborted) {
        // It knew best how to end what it started. What it left would go on while the target is free for others.
        family.signal('SIGTERM');
        await family.gone();
      }
      over.abort();
      await Promise.all(passing.map((one) => one.done()));
      return { ...end, output: [...tail.lines(), ...(words === undefined ? [] : [mask(words)])] };
    })(),
  };
}

interface End extends Pick<CommandEnd, 'exitCode' | 'signal'> {
  /** Why it did not even begin. */
  readonly words?: string;
}

function endOf(child: ChildProcess, file: string): Promise<End> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      if (signal === null) resolve({ exitCode: code ?? 1 });
      else resolve({ exitCode: 128 + constants.signals[signal], signal });
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      const words = missing ? 'no such command' : `cannot be run (${error.code ?? error.message})`;
      resolve({ exitCode: missing ? NOT_FOUND : NOT_EXECUTABLE, words: `${file}: ${words}` });
    });
  });
}
