import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createIo } from '../io.ts';
import { run } from '../run.ts';

const CALLED_FROM = process.cwd();
let empty: string;

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'fairlead-no-file-'));
  process.chdir(empty);
});

afterAll(() => {
  process.chdir(CALLED_FROM);
  rmSync(empty, { recursive: true });
});

async function notify(...args: readonly string[]) {
  let stderr = '';
  const io = createIo({
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text) },
    env: {},
  });
  const exitCode = await run(['notify', ...args], io);
  return { exitCode, stderr };
}

it.each([
  [['route', '--event', 'failure', '-e', 'staging'], 0],
  [['preview', '--kind', 'deployment-failed'], 2],
  [['test', '--channel', 'nope'], 2],
])('warns that no file was read: notify %j', async (args, exitCode) => {
  const answer = await notify(...args);

  expect(answer).toEqual({
    exitCode,
    stderr: expect.stringMatching(/^warning no configuration file was read: .*--config$/m),
  });
});

it('says so of a preview, in place of what to add to a file', async () => {
  const { stderr } = await notify('preview', '--kind', 'deployment-failed');

  expect(stderr).toMatch(/No channel is configured, since no file was read/);
});
