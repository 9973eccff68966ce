import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { cached } from './cache.ts';

describe('cached', () => {
  let path: string;

  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'fairlead-cache-test-')), 'program');
  });
  afterEach(async () => {
    await rm(dirname(path), { recursive: true });
  });

  async function write(scratch: string, content: string): Promise<string> {
    const made = join(scratch, 'made');
    await writeFile(made, content);
    return made;
  }

  it('makes the program once when several want it at once', async () => {
    let made = 0;
    const want = () => cached(path, (scratch) => write(scratch, `#${++made}`));

    const paths = await Promise.all([want(), want(), want()]);

    expect(paths).toEqual([path, path, path]);
    expect(await readFile(path, 'utf8')).toBe('#1');
    expect(await readdir(dirname(path))).toEqual(['program']);
  });

  it('leaves nothing behind when the making fails', async () => {
    const failing = cached(path, async (scratch) => {
      await write(scratch, 'half');
      throw new Error('no network');
    });

    await expect(failing).rejects.toThrow('no network');
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it('takes over the lock of a process that is gone', async () => {
    // Above the highest process ID that Linux gives out (2^22).
    await writeFile(`${path}.lock`, '9999999');

    await cached(path, (scratch) => write(scratch, 'mine'));

    expect(await readFile(path, 'utf8')).toBe('mine');
  });
});
