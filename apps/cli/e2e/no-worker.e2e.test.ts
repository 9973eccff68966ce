import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { joinTemporal } from '@fairlead/testing/servers';
import type { SharedTemporal } from '@fairlead/testing/servers';
import { createFolder, run } from './fairlead.ts';
import { CONFIG, startSandbox } from './sandbox.ts';

const DEPLOY = ['deploy', '-e', 'staging', '--json'];

let temporal: SharedTemporal;

beforeAll(async () => {
  // Without the search attributes, as before the first worker.
  temporal = await joinTemporal();
});

afterAll(() => temporal.stop());

it('gives up in time without a worker, and the same request runs once when one is there', async () => {
  const folder = await createFolder({ 'fairlead.yaml': CONFIG });
  const options = { cwd: folder.path, env: temporal.env };
  const alone = await run(DEPLOY, options);
  const { error } = JSON.parse(alone.stdout) as { error: { message: string; requestId: string } };

  expect(alone.exitCode).toBe(6);
  expect(error).toMatchObject({
    type: 'unreachable',
    service: 'worker',
    address: temporal.address,
  });
  expect(error.message).toContain(`--request-id ${error.requestId}`);

  const aborted = await run(['abort', error.requestId], options);
  await folder.remove();
  expect(aborted.exitCode).toBe(6);
  expect(aborted.stderr).toMatch(/no abort was left behind[^]*Abort it again/);

  const sandbox = await startSandbox(temporal.env);
  try {
    const repeated = await sandbox.fairlead(...DEPLOY, '--request-id', error.requestId);
    const { stdout } = await sandbox.fairlead('list', '--json');

    expect(repeated.exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      deployments: [{ deploymentId: error.requestId, outcome: 'succeeded' }],
    });
  } finally {
    await sandbox.stop();
  }
});
