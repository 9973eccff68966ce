import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import { joinTemporal } from '@fairlead/testing/servers';
import type { SharedTemporal } from '@fairlead/testing/servers';
import { startSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

let temporal: SharedTemporal;
let sandbox: Sandbox;

beforeAll(async () => {
  temporal = await joinTemporal(Object.values(SEARCH_ATTRIBUTES));
  // Every run has messages under way when its outcome is known.
  sandbox = await startSandbox(temporal.env, { chatRate: 0.05 });
});

afterAll(async () => {
  await sandbox.stop();
  await temporal.stop();
});

it('starts the next deployment of a target for who saw the last one end', async () => {
  const deploy = (id: string) => sandbox.fairlead('deploy', '-e', 'staging', '--request-id', id);

  const first = await deploy('first');
  const second = await deploy('second');
  const back = await sandbox.fairlead('rollback', '-e', 'staging', '--request-id', 'back');

  expect(first.exitCode).toBe(0);
  expect(second).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('succeeded') });
  expect(back).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('succeeded') });
});
