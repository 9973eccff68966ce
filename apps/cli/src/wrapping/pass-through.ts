import { write } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Tail } from './tail.ts';

/** What a command writes, on its way to one of this process's own streams. */
export interface Passing {
  /** All of it was handed on, or nothing more has come for a while although it was asked for. */
  done(): Promise<void>;
}

/** A descendant may hold the pipe open for ever; what the command itself wrote has come by then. */
const QUIET_MS = 1_000;
/** Whoever gave us the stream may have made it one that does not wait. */
const FULL_MS = 5;

const writeTo = promisify(write);

/**
 * At the reader's pace, with nothing held back but one chunk. By file descriptor: what stands on `process.stdout`
 * blocks the whole process while a pipe is full, and its heartbeats with it.
 */
export function passThrough(from: Readable, fd: number, tail: Tail): Passing {
  let chunks = 0;
  let waiting = 0;
  let written = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    chunks += 1;
    waiting += 1;
    tail.push(chunk);
    from.pause();
    // One after the other: when the command exits, Node lets what is left flow, paused or not.
    written = written
      .then(() => writeWhole(fd, chunk))
      .then(
        () => {
          waiting -= 1;
          if (waiting === 0) from.resume();
        },
        () => {
          waiting -= 1;
          // The reader has gone away: the command finds that out for itself, as it would without us.
          from.destroy();
        },
      );
  });
  return {
    async done() {
      for (let before = -1; !from.closed && before !== chunks;) {
        before = chunks;
        await closedOr(from, QUIET_MS);
        if (waiting > 0) before = -1;
      }
      await written;
    },
  };
}

async function closedOr(from: Readable, ms: number): Promise<void> {
  const over = new AbortController();
  from.once('close', () => {
    over.abort();
  });
  await wait(ms, undefined, { signal: over.signal }).catch(() => undefined);
}

async function writeWhole(fd: number, chunk: Buffer): Promise<void> {
  for (let from = 0; from < chunk.length;) {
    try {
      const { bytesWritten } = await writeTo(fd, chunk, from);
      from += bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      await wait(FULL_MS);
    }
  }
}
