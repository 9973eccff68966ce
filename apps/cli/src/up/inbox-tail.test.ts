import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { tailFile } from './inbox-tail.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fairlead-tail-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

it('gives whole lines only, from now on, of a file that may come later', async () => {
  const file = join(directory, 'inbox.jsonl');
  const stop = new AbortController();
  const lines: string[] = [];
  const three = new Promise<void>((resolve) => {
    void tailFile(
      file,
      (line) => {
        lines.push(line);
        if (lines.length === 3) resolve();
      },
      stop.signal,
    );
  });

  await appendFile(file, 'one\ntw');
  await appendFile(file, 'o\n배포\nhalf');
  await three;
  stop.abort();

  expect(lines).toEqual(['one', 'two', '배포']);
});

it('leaves out what was there before', async () => {
  const file = join(directory, 'inbox.jsonl');
  await appendFile(file, 'old\n');
  const lines: string[] = [];

  await tailFile(file, (line) => lines.push(line), AbortSignal.abort());

  expect(lines).toEqual([]);
});
