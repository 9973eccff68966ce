import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePorts } from '@fairlead/testing/servers';
import { createFolder, run } from './fairlead.ts';
import type { Ended } from './fairlead.ts';

const CONFIG = `application: shop
components:
  - name: api
    image: registry.example.com/shop/api:\${VERSION}
environments:
  staging: { namespace: shop-staging }
`;
const TYPO = CONFIG.replace('components:', 'componets:');
const DEPLOY = ['deploy', '-e', 'staging'];

let folder: Awaited<ReturnType<typeof createFolder>>;
let awayPort: number;

beforeAll(async () => {
  folder = await createFolder({ 'fairlead.yaml': CONFIG, 'typo.yaml': TYPO });
  [awayPort] = (await freePorts(1)) as [number];
});

afterAll(() => folder.remove());

function fairlead(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return run(args, {
    cwd: folder.path,
    env: { TEMPORAL_ADDRESS: `127.0.0.1:${awayPort}`, VERSION: '2', ...env },
  });
}

function expectPlainMessage({ stderr }: Ended, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(stderr.match(/^fairlead: /gm)).toHaveLength(1);
}

describe('wrong input ends with exit 2 and one message that helps', () => {
  it.each([
    ['an unknown flag', [...DEPLOY, '--typ', 'canary'], {}, /unknown option '--typ'/],
    ['an environment that no file has', ['deploy', '-e', 'stagin'], {}, /stagin[^]*staging/],
    [
      'an unknown key',
      [...DEPLOY, '-c', 'typo.yaml'],
      {},
      /typo\.yaml:2[^]*componets[^]*components/,
    ],
    ['a malformed image', [...DEPLOY, '--component', 'api=Bad::image'], {}, /Bad::image/],
    ['a missing variable', DEPLOY, { VERSION: '' }, /VERSION/],
    ['a missing file', [...DEPLOY, '-c', 'nope.yaml'], {}, /nope\.yaml/],
    [
      'an address with a scheme',
      ['status'],
      { TEMPORAL_ADDRESS: 'http://localhost' },
      /TEMPORAL_ADDRESS "http:\/\/localhost" [^]*host:port/,
    ],
    ['a profile that is not there', ['list'], { TEMPORAL_PROFILE: 'nope' }, /TEMPORAL_PROFILE/],
  ] as const)('for %s', async (_, args, env, message) => {
    const ended = await fairlead(args, env);

    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expectPlainMessage(ended, message);
  });

  it('as one JSON document with --json', async () => {
    const { exitCode, stdout } = await fairlead([...DEPLOY, '-c', 'typo.yaml', '--json']);

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        type: 'configuration',
        exitCode: 2,
        problems: [{ code: 'unknown-key', file: 'typo.yaml', line: 2 }],
      },
    });
  });
});

describe('Temporal out of reach ends in time with exit 6', () => {
  it('for every command that asks it', async () => {
    const commands = [DEPLOY, ['status', 'd-1'], ['list'], ['abort', 'd-1']];

    const all = await Promise.all(commands.map((args) => fairlead(args)));

    for (const ended of all) {
      expect(ended).toMatchObject({ exitCode: 6, stdout: '' });
      expectPlainMessage(ended, new RegExp(`127\\.0\\.0\\.1:${awayPort} did not answer within`));
    }
  });

  it('naming the key that turned TLS on, without a warning of Node’s own', async () => {
    const ended = await fairlead(['status'], { TEMPORAL_API_KEY: 'k3y' });

    expect(ended.exitCode).toBe(6);
    expectPlainMessage(ended, /TEMPORAL_API_KEY[^]*TLS on[^]*TEMPORAL_TLS=false/);
    expect(ended.stderr).not.toMatch(/DEP\d+|k3y/);
  });

  it('also when it takes the connection and never answers', async () => {
    const frozen = createServer().listen(0, '127.0.0.1');
    await once(frozen, 'listening');
    const address = `127.0.0.1:${(frozen.address() as AddressInfo).port}`;
    try {
      const { exitCode, stdout } = await fairlead([...DEPLOY, '--json'], {
        TEMPORAL_ADDRESS: address,
      });

      expect(exitCode).toBe(6);
      expect(JSON.parse(stdout)).toMatchObject({
        error: { type: 'unreachable', exitCode: 6, service: 'temporal', address },
      });
    } finally {
      frozen.close();
    }
  });
});

describe('what needs no Temporal works without', () => {
  it('config validate says what is missing, with its place', async () => {
    const ended = await fairlead(['config', 'validate'], { VERSION: '' });

    expect(ended.exitCode).toBe(2);
    expectPlainMessage(ended, /fairlead\.yaml:4[^]*VERSION/);
  });

  it('config show names the origin of each value', async () => {
    const { exitCode, stdout } = await fairlead(['config', 'show']);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/application: "shop" +# fairlead\.yaml:1/);
    expect(stdout).toMatch(/VERSION \(fairlead\.yaml:4\)/);
  });

  it('config schema prints a JSON Schema', async () => {
    const { exitCode, stdout } = await fairlead(['config', 'schema']);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('properties.environments');
  });

  it('config show --environment shows the plan, defaults and all', async () => {
    const { stdout } = await fairlead(['config', 'show', '-e', 'staging']);

    expect(stdout).toMatch(/plan\.namespace: "shop-staging" +# fairlead\.yaml:6/);
    expect(stdout).toMatch(/plan\.onBusy: "refuse" +# default/);
  });
});
