import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Quick enough for eyes; polled, because watching a file is told differently on every platform. */
const POLL_MS = 200;
/** More than any message; what a burst brings beyond it comes with the next read. */
const CHUNK_BYTES = 65_536;

/** Calls `onLine` with each line that is appended from now on, until aborted. The file may come later. */
export async function tailFile(
  file: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let position = sizeOf(file);
  let rest = Buffer.alloc(0);
  for (;;) {
    const added = await readFrom(file, position);
    position += added.length;
    const lines = Buffer.concat([rest, added]);
    const end = lines.lastIndexOf('\n');
    for (const line of lines
      .subarray(0, end + 1)
      .toString('utf8')
      .split('\n')) {
      if (line !== '') onLine(line);
    }
    rest = lines.subarray(end + 1);
    if (signal.aborted) return;
    if (added.length < CHUNK_BYTES) {
      await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Read at once, so that what is appended after the call is seen whatever the order of later work. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function readFrom(file: string, position: number): Promise<Buffer> {
  const handle = await openExisting(file);
  if (handle === undefined) return Buffer.alloc(0);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, position);
    return chunk.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function openExisting(file: string) {
  try {
    return await open(file, 'r');
  } catch {
    return undefined;
  }
}
