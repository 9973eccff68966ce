import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePorts, waitFor } from '@fairlead/testing/servers';
import { temporalPath } from '../../../tools/setup/index.ts';
import { createFolder, run, start } from './fairlead.ts';
import type { Started } from './fairlead.ts';

const LAUNCHER = fileURLToPath(new URL('../bin/fairlead.js', import.meta.url));
const BAD = ['--component', 'api=registry.example.com/shop/api:crashloop-2'];
/** Server, bundle and worker on a busy machine. */
const DEADLINE_MS = 90_000;

let folder: Awaited<ReturnType<typeof createFolder>>;
let binary: string;

beforeAll(async () => {
  folder = await createFolder();
  binary = await temporalPath();
});

afterAll(() => folder.remove());

function startUp(port: number, uiPort: number): Started {
  const args = ['up', '--sandbox', '--port', String(port), '--ui-port', String(uiPort)];
  return start(args, { cwd: folder.path, env: { FAIRLEAD_TEMPORAL_BIN: binary } });
}

function said(up: Started, words: string) {
  return waitFor(() => up.stdout().includes(words), {
    deadlineMs: DEADLINE_MS,
    what: () => `"${words}"; it said ${up.stdout()}${up.stderr()}`,
  });
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

describe('up --sandbox', () => {
  it('serves deployments, shows their messages, and ends with all its children on Ctrl-C', async () => {
    const [port, uiPort] = (await freePorts(2)) as [number, number];
    const up = startUp(port, uiPort);
    await said(up, 'Fairlead is up.');
    expect(up.stdout()).toContain(`export TEMPORAL_ADDRESS=127.0.0.1:${port}`);
    expect(await answers(`http://127.0.0.1:${uiPort}`)).toBe(true);

    const config = /export FAIRLEAD_CONFIG=(.+)/.exec(up.stdout())?.[1] ?? '';
    const deployed = await run(['deploy', '-e', 'staging', ...BAD], {
      cwd: folder.path,
      env: { TEMPORAL_ADDRESS: `127.0.0.1:${port}`, FAIRLEAD_CONFIG: config },
    });
    expect(deployed.exitCode).toBe(3);
    await said(up, '[staging] Rollback Completed');
    up.kill('SIGINT');

    expect((await up.ended).exitCode).toBe(0);
    expect(await answers(`http://127.0.0.1:${uiPort}`)).toBe(false);
  });

  it('is never up when its worker refuses the kubeconfig, and ends with its exit code', async () => {
    const [port, uiPort] = (await freePorts(2)) as [number, number];
    const ports = ['--port', String(port), '--ui-port', String(uiPort)];

    const up = await start(['up', ...ports, '--kubeconfig', 'missing.kubeconfig'], {
      cwd: folder.path,
      env: { FAIRLEAD_TEMPORAL_BIN: binary },
    }).ended;

    expect(up.stdout).not.toContain('Fairlead is up.');
    expect(up.stderr).toMatch(/missing\.kubeconfig[^]*The worker refuses these settings/);
    expect(up.exitCode).toBe(2);
  });

  it('says plainly that its port or its folder is taken', async () => {
    const [port, uiPort] = (await freePorts(2)) as [number, number];
    const up = startUp(port, uiPort);
    await said(up, 'Fairlead is up.');

    const second = await startUp(port, uiPort).ended;
    const [otherPort, otherUiPort] = (await freePorts(2)) as [number, number];
    const third = await startUp(otherPort, otherUiPort).ended;
    up.kill('SIGTERM');

    expect(third.exitCode).toBe(2);
    expect(third.stderr).toMatch(/Another `fairlead up --sandbox`.*--state/);
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toMatch(new RegExp(`Port ${port} cannot be had .*--port`));
    expect((await up.ended).exitCode).toBe(0);
  });
});

it('starts by its launcher', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [LAUNCHER, 'version']);

  expect(stdout).toMatch(/^fairlead \d/);
});
