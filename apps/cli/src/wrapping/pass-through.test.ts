import { execFileSync } from 'node:child_process';
import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { passThrough } from './pass-through.ts';
import { Tail } from './tail.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairlead-pass-'));
});

afterEach(() => rm(folder, { recursive: true }));

it('hands on all, and in order, although Node lets it flow when the command exits', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Both ways, so that it opens without a reader; what does not fit is refused instead of awaited.
  const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const got = text(createReadStream(pipe));
  const from = new PassThrough();
  const passing = passThrough(from, fd, new Tail((words) => words));
  // Each is more than a pipe holds.
  const chunks = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(200_000));

  for (const chunk of chunks) {
    from.write(chunk);
    from.resume();
    await new Promise(setImmediate);
  }
  from.end();
  await passing.done();
  closeSync(fd);

  // Compared here: of a difference of this size nobody wants to see the whole.
  expect((await got) === chunks.join('')).toBe(true);
});
