import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { waitFor } from '@fairlead/testing/servers';
import { createFileWatch } from './watch-files.ts';
import type { FileWatch } from './watch-files.ts';

const SOON = { deadlineMs: 5_000, what: 'the change to be noticed' };

let directory: string;
let watch: FileWatch;
let changes = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fairlead-watch-'));
  changes = 0;
  watch = createFileWatch(() => (changes += 1), 20);
});

afterEach(() => {
  watch.close();
  rmSync(directory, { recursive: true });
});

it('notices a file that is replaced, as editors do', async () => {
  const file = join(directory, 'fairlead.yaml');
  writeFileSync(file, 'a');
  watch.follow([file]);

  writeFileSync(`${file}.new`, 'b');
  renameSync(`${file}.new`, file);

  await waitFor(() => changes > 0, SOON);
});

it('notices a link that is swapped, as mounted ConfigMaps are', async () => {
  const link = join(directory, 'fairlead.yaml');
  writeFileSync(join(directory, 'one'), 'a');
  writeFileSync(join(directory, 'two'), 'b');
  symlinkSync(join(directory, 'one'), link);
  watch.follow([link]);

  symlinkSync(join(directory, 'two'), `${link}.new`);
  renameSync(`${link}.new`, link);

  await waitFor(() => changes > 0, SOON);
});

it('looks no more at a file that it follows no longer', async () => {
  const [old, now] = [join(directory, 'old'), join(directory, 'now')];
  writeFileSync(old, 'a');
  writeFileSync(now, 'a');
  watch.follow([old]);
  watch.follow([now]);

  rmSync(old);
  rmSync(now);
  await waitFor(() => changes > 0, SOON);

  expect(changes).toBe(1);
});

it('outlives a file that cannot be looked at, and notices when it is mended', async () => {
  const file = join(directory, 'fairlead.yaml');
  writeFileSync(file, 'a');
  watch.follow([file]);

  rmSync(file);
  symlinkSync(file, file);
  await waitFor(() => changes === 1, SOON);
  rmSync(file);
  writeFileSync(file, 'b');

  await waitFor(() => changes === 2, SOON);
});

it('goes on when what it calls back throws', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const file = join(directory, 'fairlead.yaml');
  watch.close();
  watch = createFileWatch(() => {
    changes += 1;
    throw new Error('broken');
  }, 20);
  watch.follow([file]);

  writeFileSync(file, 'a');
  await waitFor(() => changes === 1, SOON);
  rmSync(file);

  await waitFor(() => changes === 2, SOON);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('broken'));
  warn.mockRestore();
});
