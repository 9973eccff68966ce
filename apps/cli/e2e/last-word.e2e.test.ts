import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Receipt } from '@fairlead/contracts';
import { configText, goodBlocks, spawnWorker, startChannelVendors } from '@fairlead/testing/e2e';
import type { ChannelVendors, SpawnedWorker } from '@fairlead/testing/e2e';
import { joinTemporal } from '@fairlead/testing/servers';
import type { SharedTemporal } from '@fairlead/testing/servers';
import { createFolder } from './fairlead.ts';
import { openShell } from './shell.ts';
import type { Shell } from './shell.ts';
import { untilReceipts } from './until-receipts.ts';

const SMS = ['sms:7788', 'sms:9911'];
const MAIL = 'firebase:mail';

interface WorkerConfig {
  readonly notification: object;
  readonly roles: { readonly ops: object };
}

let temporal: SharedTemporal;
let vendors: ChannelVendors;
let folder: Awaited<ReturnType<typeof createFolder>>;
let shell: Shell;
let workers: readonly SpawnedWorker[];

beforeAll(async () => {
  temporal = await joinTemporal();
  vendors = await startChannelVendors();
  const blocks = goodBlocks(vendors);
  const { notification, roles } = JSON.parse(configText(blocks)) as WorkerConfig;
  folder = await createFolder({
    'worker.json': JSON.stringify({
      notification: { ...notification, fallback: 'slack:releases' },
      roles: { ops: { ...roles.ops, channels: ['sms', 'firebase'] } },
    }),
    'fairlead.yaml': JSON.stringify({
      application: 'shop',
      components: [{ name: 'api', image: 'registry.example.com/shop/api:2.4.1' }],
      environments: { staging: { type: 'rolling', bake: '0s' } },
    }),
  });
  const made = process.env.FAIRLEAD_WORKFLOW_BUNDLE ?? '';
  const env = {
    ...temporal.env,
    ...(made === '' ? {} : { FAIRLEAD_WORKFLOW_BUNDLE: made }),
  };
  workers = [
    ['--role', 'control', '--config', join(folder.path, 'worker.json')],
    ['--role', 'cluster', '--sandbox', join(folder.path, 'state')],
  ].map((args) => spawnWorker([...args, '--health-port', '0'], env));
  shell = openShell({ cwd: folder.path, env: { ...temporal.env, FAIRLEAD_ACTOR: 'kim' } });
  await Promise.all(workers.map((worker) => worker.ready()));
});

afterAll(async () => {
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all([...workers.map(({ exited }) => exited), shell.close()]);
  await temporal.stop();
  await vendors.stop();
  await folder.remove();
});

beforeEach(() => {
  vendors.twilio.setStatus('queued');
});

function fairlead(...args: readonly string[]) {
  return shell.fairlead(...args);
}

async function receiptsOf(id: string): Promise<readonly Receipt[]> {
  const { stdout } = await fairlead('deliveries', id, '--json');
  return (JSON.parse(stdout) as { deliveries: readonly Receipt[] }).deliveries;
}

/** A deployment's receipts, as the command prints them, once those of these destinations are in this state. */
async function receiptsOnce(
  id: string,
  names: readonly string[],
  state: Receipt['state'],
): Promise<readonly Receipt[]> {
  await untilReceipts(temporal.env, id, (receipts) => {
    const wanted = receipts.filter(({ destination }) => names.includes(destination));
    const isThere = names.every((name) => wanted.some((one) => one.destination === name));
    return isThere && wanted.every((one) => one.state === state);
  });
  return receiptsOf(id);
}

/** Each once, of these destinations. */
function statesOf(receipts: readonly Receipt[], names: readonly string[] = [...SMS, MAIL]) {
  const some = receipts.filter(({ destination }) => names.includes(destination));
  return [...new Set(some.map(({ state }) => state))];
}

/** As the extension does, of whatever mail there is. */
function sendMails(): void {
  const { firestore } = vendors.firebase;
  for (const path of firestore.documents.keys()) {
    const info = { accepted: ['ops@example.com'], rejected: [] };
    firestore.write(path, { state: 'SUCCESS', attempts: 1, info });
  }
}

describe('"`delivered` (only where the vendor says so: Slack `ok`, mail SUCCESS, an SMS status)"', () => {
  it('is the last word of an SMS that Twilio delivered, and of a mail that the extension sent', async () => {
    const deployed = await fairlead('deploy', '-e', 'staging', '--request-id', 'good');
    const first = await receiptsOnce('good', [...SMS, MAIL], 'accepted');
    vendors.twilio.setStatus('delivered');
    sendMails();

    const last = await receiptsOnce('good', [...SMS, MAIL], 'delivered');

    expect(deployed.exitCode).toBe(0);
    expect(statesOf(first)).toEqual(['accepted']);
    expect(statesOf(last)).toEqual(['delivered']);
    expect(first.find(({ destination }) => destination === MAIL)?.confirmedBy).toMatch(
      /^confirmation\/good\//,
    );
    expect(last).toHaveLength(first.length);
    expect(last.find(({ destination }) => destination === MAIL)?.detail).toBe(
      'the mail server took it',
    );
    expect(last.find(({ destination }) => destination === 'sms:7788')?.detail).toMatch(/^SM/);
  });

  it('is not that of an SMS that Twilio lost: it is dead, and its fallback is told', async () => {
    vendors.twilio.setStatus('undelivered', 30_003);
    const image = 'api=registry.example.com/shop/api:2.4.2';
    await fairlead('deploy', '-e', 'staging', '--component', image, '--request-id', 'lost');

    const last = await receiptsOnce('lost', SMS, 'dead');
    const told = await receiptsOnce('lost', ['slack:releases'], 'delivered');

    expect(statesOf(last, SMS)).toEqual(['dead']);
    expect(statesOf(told, ['slack:releases'])).toEqual(['delivered']);
    expect(last.find(({ destination }) => destination === 'sms:7788')?.detail).toMatch(
      /^vendor-rejected: sms:7788: SM.* is undelivered, code 30003.*; told in its place: slack:releases$/,
    );
    const kindsOf = (receipts: readonly Receipt[], name: string) =>
      receipts
        .filter(({ destination }) => destination === name)
        .map(({ key }) => key.split('/')[1])
        .toSorted();
    expect(kindsOf(told, 'slack:releases')).toEqual(kindsOf(last, 'sms:7788'));
    expect(JSON.stringify(vendors.slack.messages)).toContain('lost');
  });

  it('names where it will stand when `notify test` ends before it', async () => {
    vendors.twilio.setStatus('delivered');

    const { exitCode, stdout } = await fairlead(
      ...['notify', 'test', '--channel', 'sms', '--config', 'worker.json'],
    );

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^later {2}sms:7788: .* workflow confirmation\/test-[^ ]+\/sms:7788 in Temporal$/m,
    );
  });
});
