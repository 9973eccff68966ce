import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Ended, RunOptions } from './fairlead.ts';

const PROCESS = fileURLToPath(new URL('./shell-process.ts', import.meta.url));

/** A command for the shell's process. */
export interface Order {
  readonly number: number;
  readonly args: readonly string[];
}

/** And how it ended. */
export interface Answer {
  readonly number: number;
  readonly ended: Ended;
}

export interface Shell {
  /** As `run` of fairlead.ts, with everything loaded already: for what is not about the process itself. */
  fairlead(...args: readonly string[]): Promise<Ended>;
  close(): Promise<void>;
}

/** A process that runs many commands, side by side too: starting one for each takes most of a command's time. */
export function openShell({ cwd, env = {} }: Omit<RunOptions, 'nodeArgs'>): Shell {
  const child = fork(PROCESS, { cwd, env: { PATH: process.env.PATH, HOME: cwd, ...env } });
  const open = new Map<number, PromiseWithResolvers<Ended>>();
  let number = 0;
  child.on('message', ({ number: of, ended }: Answer) => {
    open.get(of)?.resolve(ended);
    open.delete(of);
  });
  const closed = once(child, 'exit').then(() => {
    for (const { reject } of open.values()) reject(new Error('the shell ended in the middle'));
  });
  return {
    fairlead(...args) {
      number += 1;
      const answer = Promise.withResolvers<Ended>();
      open.set(number, answer);
      child.send({ number, args } satisfies Order);
      return answer.promise;
    },
    async close() {
      child.disconnect();
      await closed;
    },
  };
}
