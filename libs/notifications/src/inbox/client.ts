import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AdapterError } from '@fairlead/contracts';
import type { InboxLine } from './inbox-line.ts';

/** The file behind the sandbox's inbox, shared by every process that writes to it. */
export interface InboxClient {
  append(line: InboxLine): Promise<void>;
  /** False when the file has the key already, whoever wrote it. */
  appendOnce(line: InboxLine): Promise<boolean>;
}

export function createInboxClient(directory: string, name = 'inbox.jsonl'): InboxClient {
  const file = join(directory, name);
  const keys = new Set<string>();
  let readUpTo = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time within this process; between processes a line is one write in append mode. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn.catch((error: unknown) => {
      throw unreachable(file, error);
    });
  }

  async function write(line: InboxLine, once: boolean): Promise<boolean> {
    await mkdir(directory, { recursive: true });
    const handle = await open(file, 'a+');
    try {
      const { size } = await handle.stat();
      const added = Buffer.alloc(Math.max(0, size - readUpTo));
      await handle.read(added, 0, added.length, readUpTo);
      const text = added.toString('utf8');
      // A writer that was killed may have left half a line: it stays, on a line of its own.
      const torn = text !== '' && !text.endsWith('\n');
      for (const key of keysOf(text)) keys.add(key);
      if (!torn) readUpTo = size;
      if (once && keys.has(line.key)) return false;
      await handle.write(`${torn ? '\n' : ''}${JSON.stringify(line)}\n`);
      return true;
    } finally {
      await handle.close();
    }
  }

  return {
    async append(line) {
      await inTurn(() => write(line, false));
    },
    appendOnce: (line) => inTurn(() => write(line, true)),
  };
}

function keysOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    try {
      const { key } = JSON.parse(line) as { key?: unknown };
      return typeof key === 'string' ? [key] : [];
    } catch {
      return [];
    }
  });
}

function unreachable(file: string, error: unknown): AdapterError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new AdapterError('vendor-unreachable', `inbox: cannot write ${file} (${code})`, {
    cause: error,
  });
}
