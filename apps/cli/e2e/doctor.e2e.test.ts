import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import type { Check } from '@fairlead/contracts';
import { spawnWorker } from '@fairlead/testing/e2e';
import type { SpawnedWorker } from '@fairlead/testing/e2e';
import { startTemporal, waitFor } from '@fairlead/testing/servers';
import type { TemporalServer } from '@fairlead/testing/servers';
import {
  startMockDatadog,
  startMockFirebase,
  startMockPagerduty,
  startMockSlack,
  startMockTwilio,
} from '@fairlead/testing/vendors';
import type {
  MockDatadog,
  MockFirebase,
  MockPagerduty,
  MockSlack,
  MockTwilio,
} from '@fairlead/testing/vendors';
import { createFolder, run } from './fairlead.ts';

/** Nobody listens there. */
const NOBODY = '127.0.0.1:1';
const PLAN = `application: shop
components: [{ name: api, image: "registry.test/api:2" }]
environments:
  staging: { namespace: shop, type: rolling, bake: 0s }
`;
const DEADLINE_MS = 60_000;

let temporal: TemporalServer;
let datadog: MockDatadog;
let firebase: MockFirebase;
let pagerduty: MockPagerduty;
let slack: MockSlack;
let twilio: MockTwilio;
let folder: Awaited<ReturnType<typeof createFolder>>;
let workers: readonly SpawnedWorker[] = [];

beforeAll(async () => {
  [temporal, datadog, firebase, pagerduty, slack, twilio, folder] = await Promise.all([
    // Without the search attributes, as before the first worker.
    startTemporal(),
    startMockDatadog(),
    startMockFirebase(),
    startMockPagerduty(),
    startMockSlack(),
    startMockTwilio(),
    createFolder({ 'fairlead.yaml': PLAN }),
  ]);
});

afterAll(async () => {
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ exited }) => exited));
  const vendors = [datadog, firebase, pagerduty, slack, twilio];
  await Promise.all([temporal, ...vendors].map((server) => server.stop()));
  await folder.remove();
});

/** Of the workers alone: one system is well, one refuses the key, one is away. */
function workersFile(): string {
  const { accountSid, authToken, fromNumber } = twilio;
  const { projectId, credentialsFile } = firebase;
  return `monitoring_systems:
  datadog: { api_key: ${datadog.apiKey}, app_key: ${datadog.appKey}, api_url: "${datadog.url}", notify: ["@pagerduty-shop"] }
  prometheus: { alertmanager_url: "http://${NOBODY}" }
notification:
  slack: { webhook_url: "${slack.url}/services/T000/B000/gone", username: bot }
  sms: { account_sid: ${accountSid}, auth_token: ${authToken}, from_number: "${fromNumber}", to_numbers: ["+15551230199"], api_url: "${twilio.url}" }
  pagerduty: { api_key: another-key, service_id: ${pagerduty.serviceId}, api_url: "${pagerduty.url}" }
  firebase: { project_id: ${projectId}, credentials_file: ${credentialsFile}, notification_topics: [ops], api_url: "${firebase.url}" }
roles:
  dev: { channels: [slack, firebase], events: [status] }
  ops: { channels: [sms, pagerduty], events: [failure] }
`;
}

/** On a machine that has none of the secrets. */
function fairlead(args: readonly string[], address = temporal.address) {
  return run(args, {
    cwd: folder.path,
    env: { TEMPORAL_ADDRESS: address, FAIRLEAD_ACTOR: 'kim' },
  });
}

async function doctor(address?: string) {
  const { exitCode, stdout, stderr } = await fairlead(['doctor', '--json'], address);
  expect(stderr).toBe('');
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  return {
    exitCode,
    checks,
    states: checks.map(({ name, state }) => `${name}: ${state}`),
    of: (name: string) => checks.filter((check) => check.name === name),
  };
}

it('says that the server is away, with its address, and what to do', async () => {
  const { exitCode, checks } = await doctor(NOBODY);

  expect(exitCode).toBe(6);
  expect(checks).toEqual([
    { name: 'configuration here', state: 'ok', detail: expect.stringMatching(/is valid$/) },
    {
      name: 'temporal',
      state: 'fail',
      detail: expect.stringContaining(NOBODY),
      mend: expect.stringContaining('fairlead up'),
    },
  ]);
});

it('says that there is no worker, and how to start one, without waiting for it', async () => {
  const { exitCode, stdout } = await fairlead(['doctor']);

  expect(exitCode).toBe(6);
  expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
    expect.stringMatching(/^ok {2}configuration here {2}.*is valid$/),
    expect.stringMatching(/^FAIL {2}temporal {2}1\.\S+ answers at .*lacks search attributes: /),
    expect.stringMatching(
      /^ {2}→ start a worker, which registers them, or run: temporal operator /,
    ),
    'FAIL  workers, role control  nobody takes work from fairlead-control',
    '  → start `fairlead-worker --role control`',
    'FAIL  workers, cluster default  nobody takes work from cluster-default',
    '  → start `fairlead-worker --role cluster --cluster default`',
    '',
  ]);
});

describe('with workers', () => {
  let control: SpawnedWorker;

  beforeAll(async () => {
    await mkdir(join(folder.path, 'state'));
    createSimulatedCluster({
      stateFile: join(folder.path, 'state', 'cluster.json'),
      seed: { workloads: [{ namespace: 'shop', name: 'api', image: 'registry.test/api:1' }] },
    }).close();
    const file = join(folder.path, 'worker.yaml');
    await writeFile(file, workersFile());
    const made = process.env['FAIRLEAD_WORKFLOW_BUNDLE'] ?? '';
    const env = {
      TEMPORAL_ADDRESS: temporal.address,
      ...(made === '' ? {} : { FAIRLEAD_WORKFLOW_BUNDLE: made }),
    };
    workers = [
      ['--role', 'control', '--config', file],
      ['--role', 'cluster', '--sandbox', join(folder.path, 'state')],
    ].map((args) => spawnWorker([...args, '--health-port', '0'], env));
    [control] = workers as [SpawnedWorker];
    await Promise.all(workers.map((worker) => worker.ready()));
    // The first look loads each vendor's library: a busy machine takes longer for it than a vendor may.
    await doctor();
  });

  it('has a line for every part, with the mend of what is not well, and posts nothing', async () => {
    const { exitCode, states, of, checks } = await doctor();

    expect(states.toSorted()).toEqual([
      'alertmanager: fail',
      'channel firebase: ok',
      'channel pagerduty: fail',
      'channel slack: skipped',
      'channel sms: ok',
      'cluster default, shop: ok',
      'configuration here: ok',
      'datadog: ok',
      'temporal: ok',
      'workers, cluster default: ok',
      'workers, deliver-slack: ok',
      'workers, deliver-sms: ok',
      'workers, role control: ok',
      'worker’s configuration: ok',
      'worker’s configuration: warn',
      'worker’s configuration: warn',
    ]);
    expect(of('alertmanager')).toMatchObject([
      { detail: expect.stringMatching(/could not be reached/), mend: expect.any(String) },
    ]);
    expect(of('channel pagerduty')).toMatchObject([
      {
        detail: expect.stringMatching(/answered 401.*renew its credentials$/),
        mend: expect.stringMatching(/^mend notification\.pagerduty/),
      },
    ]);
    expect(of('worker’s configuration').map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/worker\.yaml is in force$/),
      expect.stringMatching(/only legacy webhooks honour username/),
      expect.stringMatching(/second road that wakes people/),
    ]);
    expect(JSON.stringify(checks)).not.toContain('another-key');
    expect([slack.received, twilio.messages, firebase.fcm.messages]).toEqual([[], [], []]);
    expect(exitCode).toBe(6);
  });

  it('names what did not arrive', async () => {
    const deployed = await fairlead(['deploy', '-e', 'staging', '--request-id', 'd-1']);
    let receipts: readonly Check[] = [];
    await waitFor(
      async () => {
        receipts = (await doctor()).of('receipts of slack');
        return receipts.some(({ detail }) => detail.startsWith('2 of 2'));
      },
      { deadlineMs: DEADLINE_MS, what: () => `dead receipts: ${JSON.stringify(receipts)}` },
    );

    expect(deployed.exitCode).toBe(0);
    expect(receipts).toMatchObject([
      {
        state: 'warn',
        detail: expect.stringMatching(/d-1\/deployment-started\/slack dead, d-1/),
        mend: expect.stringMatching(/webhook is gone.*fairlead deliveries --dead/),
      },
    ]);
  });

  it('says that a newer file is broken, since when and why, and the metric says so too', async () => {
    await writeFile(join(folder.path, 'worker.yaml'), `${workersFile()}rolls: {}\n`);
    let settings: readonly Check[] = [];
    await waitFor(
      async () => {
        settings = (await doctor()).of('worker’s configuration');
        return settings[0]?.state === 'fail';
      },
      { deadlineMs: DEADLINE_MS, what: () => `the broken file: ${JSON.stringify(settings)}` },
    );

    expect(settings[0]).toMatchObject({
      detail: expect.stringMatching(/^broken since 20\d\d-.*rolls[^]*roles/),
      mend: expect.stringMatching(/config validate/),
    });
    expect(await metricsOf(control)).toMatch(/^fairlead_settings_rejected 1$/m);
  });
});

async function metricsOf(worker: SpawnedWorker): Promise<string> {
  const line = worker
    .stderr()
    .split('\n')
    .find((one) => one.includes('health endpoint listens'));
  const { port } = JSON.parse(line ?? '{}') as { readonly port?: number };
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}
