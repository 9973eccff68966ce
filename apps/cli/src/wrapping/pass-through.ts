import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Tail } from './tail.ts';

/** What a command writes, on its way to one of this process's own streams. */
export interface Passing {
  /** All of it was handed on, or nothing more has come for a while although it was asked for. */
  done(): Promise<void>;
}

/** A descendant may hold the pipe open for ever; what the command itself wrote has come by then. */
const QUIET_MS = 1_000;

/**
 * At the reader's pace, with nothing held back but one chunk. By file descriptor: what stands on `process.stdout`
 * blocks the whole process while a pipe is full, and its heartbeats with it.
 */
export function passThrough(from: Readable, fd: number, tail: Tail): Passing {
  const to = createWriteStream('', { fd, autoClose: false });
  let chunks = 0;
  let writing = 0;
  from.on('data', (chunk: Buffer) => {
    chunks += 1;
    writing += 1;
    tail.push(chunk);
    from.pause();
    to.write(chunk, () => {
      writing -= 1;
      from.resume();
    });
  });
  // The reader has gone away: the command finds that out for itself, as it would without us.
  to.on('error', () => from.destroy());
  return {
    async done() {
      for (let before = -1; !from.closed && before !== chunks;) {
        before = chunks;
        const over = new AbortController();
        from.once('close', () => {
          over.abort();
        });
        await wait(QUIET_MS, undefined, { signal: over.signal }).catch(() => undefined);
        if (writing > 0) before = -1;
      }
    },
  };
}
