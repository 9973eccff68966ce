import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { DeploymentRecord, Receipt } from '@fairlead/contracts';
import { startStage } from '@fairlead/testing/e2e';
import type { Stage } from '@fairlead/testing/e2e';
import type { RemediationEnd } from '../verbs/remediate.ts';

const LIBRARY = fileURLToPath(new URL('../..', import.meta.url));
const SYSTEM_NODE = '/usr/bin/node';
const CONFIG = `application: shop
components: [{ name: web, image: 'registry.example.com/shop/web:2.4.1' }]
environments: { staging: { namespace: varai-staging, type: canary } }
canary: { steps: [{ weight: 10 }], bake: 1s }
`;
/** The specification's own, with what each answers printed. */
const SAMPLES = `
  const fairlead = await connect();
  const { succeeded, record } = await fairlead.deploy({ environment: 'staging', type: 'canary', simulateFailure: false });
  const events = await fairlead.monitoring.sendDeploymentEvent('status', record);
  const messages = await fairlead.notifications.send('failure', record, { roles: ['ops', 'dev'] });
  const mended = await fairlead.remediation.remediate('pod_crash', { namespace: 'varai-staging', pod: 'api-123456-abcde', environment: 'staging' });
  await fairlead.close();
  console.log(JSON.stringify({ succeeded, record, events, messages, mended }));
`;
const PROGRAMS = {
  'module.mjs': `import { connect } from '@fairlead/client';\n${SAMPLES}`,
  'common.cjs': `(async () => {\n  const { connect } = await import('@fairlead/client');${SAMPLES}})();\n`,
};

interface Answers {
  readonly succeeded: boolean;
  readonly record: DeploymentRecord;
  readonly events: readonly Receipt[];
  readonly messages: readonly Receipt[];
  readonly mended: RemediationEnd;
}

const run = promisify(execFile);
let stage: Stage;
let folder: string;
let number = 0;

beforeAll(async () => {
  // Each program finds a sandbox of its own, whose pod nobody has mended yet.
  stage = await startStage((directory) => [
    ...['--role', 'both', '--sandbox', join(directory, `state-${number}`)],
  ]);
  folder = await mkdtemp(join(tmpdir(), 'fairlead-packed-'));
  await run(process.execPath, [join(LIBRARY, 'build.js')]);
  const packed = await run('npm', ['pack', '--json', join(LIBRARY, 'dist')], { cwd: folder });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ readonly filename: string }];
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`], {
    cwd: folder,
  });
  for (const [name, text] of Object.entries(PROGRAMS)) await writeFile(join(folder, name), text);
});

beforeEach(async () => {
  number += 1;
  await writeFile(join(folder, 'fairlead.yaml'), CONFIG.replace('shop\n', `shop-${number}\n`));
  await stage.startWorker();
});

afterEach(() => stage.killWorkers());

afterAll(async () => {
  await stage.stop();
  await rm(folder, { recursive: true, force: true });
});

async function answersOf(node: string, program: string): Promise<Answers> {
  const env = { PATH: process.env['PATH'], HOME: folder, TEMPORAL_ADDRESS: stage.address };
  const { stdout } = await run(node, [program], { cwd: folder, env });
  return JSON.parse(stdout) as Answers;
}

const NODES = [process.execPath, SYSTEM_NODE].filter((node) => existsSync(node));

it.each(NODES.flatMap((node) => Object.keys(PROGRAMS).map((program) => [node, program] as const)))(
  'runs the samples by %s as %s, and each message has its receipts',
  async (node, program) => {
    const { succeeded, record, events, messages, mended } = await answersOf(node, program);

    expect({ succeeded, outcome: record.outcome }).toEqual({
      succeeded: true,
      outcome: 'succeeded',
    });
    expect(messages.map(({ destination }) => destination).toSorted()).toEqual([
      ...['inbox-chat', 'inbox-mail', 'log'],
    ]);
    expect(messages.map(({ state }) => state)).not.toContain('dead');
    expect(events).toMatchObject([{ destination: 'inbox-monitoring', state: 'accepted' }]);
    expect(mended).toMatchObject({
      healed: true,
      issue: {
        key: 'pod_crash/api',
        attempts: [
          {
            ...{ action: 'restart_pod', result: 'helped' },
            detail: expect.stringContaining('deleted pod api-123456-abcde'),
          },
        ],
      },
    });
  },
);
