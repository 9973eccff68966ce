import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary directory, and the processes that live off it. */
export interface Scratch {
  directory: string;
  /** Ends the process, too, should this one die without a word. */
  adopt(pid: number): void;
  /** Removes the directory; its processes have ended by now. */
  remove(): Promise<void>;
}

/**
 * Reads process IDs until its input ends, which happens however this process dies: a killed test run runs no
 * 'exit' handler, and in Jest `process` is a copy on which none is ever called. Two seconds are enough for a
 * server to end by itself.
 */
const GUARD = `
pids=
while read -r line; do
  [ "$line" = done ] && exit 0
  pids="$pids $line"
done
kill -TERM $pids
sleep 2
kill -KILL $pids
rm -rf "$1"`;

export async function createScratch(name: string): Promise<Scratch> {
  const directory = await mkdtemp(join(tmpdir(), `fairlead-${name}-`));
  // Detached: Ctrl-C in a terminal reaches the whole process group, and must not reach the guard.
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return {
    directory,
    adopt(pid) {
      guard.stdin.write(`${pid}\n`);
    },
    async remove() {
      guard.stdin.end('done\n');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
