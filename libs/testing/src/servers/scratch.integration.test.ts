import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

import { waitFor } from './wait-for.ts';

const OWNER = `
  import { spawn } from 'node:child_process';
  import { createScratch } from ${JSON.stringify(new URL('scratch.ts', import.meta.url).href)};
  const scratch = await createScratch('scratch-test');
  const server = spawn('sleep', ['600'], { stdio: 'ignore' });
  scratch.adopt(server.pid);
  console.log(JSON.stringify({ directory: scratch.directory, pid: server.pid }));
`;

it('ends the processes and removes the directory when their owner is killed', async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', OWNER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(owner.stdout.setEncoding('utf8'), 'data')) as [string];
  const { directory, pid } = JSON.parse(line) as { directory: string; pid: number };
  expect([existsSync(directory), isAlive(pid)]).toEqual([true, true]);

  owner.kill('SIGKILL');

  const gone = () => !existsSync(directory) && !isAlive(pid);
  await waitFor(gone, { deadlineMs: 60_000, what: 'the guard to clean up' });
  expect(gone()).toBe(true);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
