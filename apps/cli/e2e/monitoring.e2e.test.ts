import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import type { Check, ProvisionChange, Receipt } from '@fairlead/contracts';
import { spawnWorker } from '@fairlead/testing/e2e';
import type { SpawnedWorker } from '@fairlead/testing/e2e';
import { joinTemporal, waitFor } from '@fairlead/testing/servers';
import type { SharedTemporal } from '@fairlead/testing/servers';
import { startMockDatadog, startMockGrafana } from '@fairlead/testing/vendors';
import type { MockDatadog, MockGrafana } from '@fairlead/testing/vendors';
import { createFolder, run } from './fairlead.ts';
import { openShell } from './shell.ts';
import type { Shell } from './shell.ts';
import { untilReceipts } from './until-receipts.ts';

const CONFIG = `application: shop
components: [{ name: api, image: "registry.test/api:2" }]
environments:
  staging: { namespace: shop, type: rolling, bake: 0s }
monitoring_systems:
  datadog: { api_key: "\${DATADOG_API_KEY}", app_key: "\${DATADOG_APP_KEY}", api_url: "\${DATADOG_URL:-http://127.0.0.1:1}", provision: "\${PROVISION:-false}" }
  prometheus: { grafana_url: "\${GRAFANA_URL:-http://127.0.0.1:1}", grafana_api_key: "\${GRAFANA_API_KEY}", provision: "\${PROVISION:-false}" }
`;
const DEADLINE_MS = 120_000;
const HEALTH = ['--health-port', '0'];
const ALERTS = 4;
const DASHBOARDS = 5;

interface Answer {
  readonly systems?: readonly {
    readonly system: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly changes: readonly ProvisionChange[];
  }[];
  readonly deliveries?: readonly Receipt[];
  readonly deploymentId?: string;
  readonly checks?: readonly Check[];
  readonly error?: { readonly message: string };
}

let temporal: SharedTemporal;
let datadog: MockDatadog;
let grafana: MockGrafana;
let folder: Awaited<ReturnType<typeof createFolder>>;
let shell: Shell;
let workers: readonly SpawnedWorker[];
/** Of every worker that tells the two systems. */
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  [temporal, datadog, grafana, folder] = await Promise.all([
    joinTemporal(),
    startMockDatadog(),
    startMockGrafana(),
    createFolder({ 'fairlead.yaml': CONFIG }),
  ]);
  grafana.dataSources.push({ uid: 'p', name: 'Prometheus', type: 'prometheus', isDefault: true });
  await mkdir(join(folder.path, 'state'));
  createSimulatedCluster({
    stateFile: join(folder.path, 'state', 'cluster.json'),
    seed: { workloads: [{ namespace: 'shop', name: 'api', image: 'registry.test/api:1' }] },
  }).close();
  const made = process.env['FAIRLEAD_WORKFLOW_BUNDLE'] ?? '';
  env = {
    ...temporal.env,
    DATADOG_API_KEY: datadog.apiKey,
    DATADOG_APP_KEY: datadog.appKey,
    DATADOG_URL: datadog.url,
    GRAFANA_URL: grafana.url,
    GRAFANA_API_KEY: grafana.apiKey,
    ...(made === '' ? {} : { FAIRLEAD_WORKFLOW_BUNDLE: made }),
  };
  workers = [
    spawnControl(),
    spawnWorker(
      [...['--role', 'cluster', '--sandbox', join(folder.path, 'state')], ...HEALTH],
      env,
    ),
  ];
  shell = openShell({ cwd: folder.path, env: { ...temporal.env, FAIRLEAD_ACTOR: 'kim' } });
  await Promise.all(workers.map((worker) => worker.ready()));
});

afterAll(async () => {
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all([...workers.map(({ exited }) => exited), shell.close()]);
  await Promise.all([temporal.stop(), datadog.stop()]);
  await folder.remove();
});

/** One that makes dashboards and alerts when it starts. */
function spawnControl(): SpawnedWorker {
  const args = ['--role', 'control', '--config', join(folder.path, 'fairlead.yaml')];
  return spawnWorker([...args, ...HEALTH], { ...env, PROVISION: 'true' });
}

/** What came of `provision: true`, by system: none waits for another. */
async function provisionedBy(worker: SpawnedWorker): Promise<readonly object[]> {
  const told = () =>
    worker
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes('"dashboards and alerts '))
      .map((line) => JSON.parse(line) as { readonly system: string })
      .sort((one, other) => (one.system < other.system ? -1 : 1));
  await waitFor(() => told().length >= 2, {
    deadlineMs: DEADLINE_MS,
    what: () => `both systems to be provisioned: ${worker.stderr()}`,
  });
  return told();
}

/** On a machine that has none of the secrets. */
function fairlead(...args: readonly string[]) {
  return shell.fairlead(...args);
}

async function json(...args: readonly string[]) {
  const { exitCode, stdout } = await fairlead(...args, '--json');
  return { exitCode, document: JSON.parse(stdout) as Answer };
}

async function countsOf(...args: readonly string[]) {
  const { exitCode, document } = await json('monitoring', ...args);
  expect(exitCode).toBe(0);
  return Object.fromEntries((document.systems ?? []).map(({ system, counts }) => [system, counts]));
}

describe('a worker with `provision: true`', () => {
  it('makes dashboards and alerts in each system', async () => {
    const [control] = workers;

    expect(await provisionedBy(control!)).toMatchObject([
      { system: 'datadog', changes: DASHBOARDS + ALERTS },
      { system: 'grafana', changes: 1 + DASHBOARDS + ALERTS },
    ]);
    expect(datadog.monitors.all).toHaveLength(ALERTS);
    expect([grafana.dashboards.size, grafana.rules.size]).toEqual([DASHBOARDS, ALERTS]);
  });
});

describe('dashboards and alerts', () => {
  it('are planned, applied, left alone the second time, and removed, and nothing else is touched', async () => {
    await countsOf('remove');
    const planned = await countsOf('plan');
    const nothingYet = datadog.monitors.all.length + grafana.dashboards.size;
    const [applied, second] = [await countsOf('apply'), await countsOf('apply')];
    const there = [datadog.monitors.all.length, datadog.dashboards.all.length];
    const boards = grafana.dashboards.size;
    await countsOf('remove');

    const datadogCreates = { create: DASHBOARDS + ALERTS };
    expect(nothingYet).toBe(0);
    expect(planned).toMatchObject({ datadog: datadogCreates });
    expect(applied).toEqual(planned);
    expect(Object.values(second).map((counts) => Object.keys(counts))).toEqual([
      ['unchanged'],
      ['unchanged'],
    ]);
    expect(there).toEqual([ALERTS, DASHBOARDS]);
    expect(boards).toBe(DASHBOARDS);
    expect([datadog.monitors.all.length, datadog.dashboards.all.length]).toEqual([0, 0]);
    expect([grafana.dashboards.size, grafana.rules.size, grafana.folders.size]).toEqual([0, 0, 0]);
  });

  it('are there once when two apply at once', async () => {
    await Promise.all([countsOf('apply'), countsOf('apply')]);

    expect(datadog.monitors.all).toHaveLength(ALERTS);
    expect(grafana.dashboards.size).toBe(DASHBOARDS);
  });

  it('keep what a person edited, unless forced', async () => {
    await countsOf('apply', '--system', 'grafana');
    grafana.edit('deployment-metrics', { title: 'Ours' });

    const kept = await countsOf('apply', '--system', 'grafana');
    const title = grafana.dashboards.get('deployment-metrics')?.json['title'];
    const forced = await countsOf('apply', '--system', 'grafana', '--force');

    expect(kept['grafana']).toMatchObject({ edited: 1 });
    expect(title).toBe('Ours');
    expect(forced['grafana']).toMatchObject({ update: 1 });
  });

  it('are refused with the mend when the credentials are wrong', async () => {
    datadog.misbehave({ status: 403 });

    const { exitCode, document } = await json('monitoring', 'plan', '--system', 'datadog');

    expect(exitCode).toBe(2);
    expect(document.error?.message).toMatch(/datadog.*403.*renew its credentials/);
  });

  it('are written as files without network and credentials', async () => {
    const { exitCode } = await run(
      ['monitoring', 'export', '--system', 'grafana', '--out', 'out'],
      {
        cwd: folder.path,
        env: {},
      },
    );

    expect(exitCode).toBe(0);
    expect((await readdir(join(folder.path, 'out'))).sort()).toEqual([
      'alert-rules.json',
      'dashboard-deployment-alerts.json',
      'dashboard-deployment-metrics.json',
      'dashboard-fairlead-dev.json',
      'dashboard-fairlead-lead.json',
      'dashboard-fairlead-ops.json',
      'provisioning',
    ]);
  });
});

describe('a deployment', () => {
  async function receiptsOf(deploymentId: string): Promise<Record<string, string[]>> {
    await untilReceipts(temporal.env, deploymentId, (receipts) =>
      receipts.every(({ state }) => state !== 'pending'),
    );
    const receipts = (await json('deliveries', deploymentId)).document.deliveries ?? [];
    const groups = Object.groupBy(receipts, ({ destination }) => destination);
    return Object.fromEntries(
      Object.entries(groups).map(([name, some = []]) => [name, some.map(({ state }) => state)]),
    );
  }

  it('is told to each system as events, with receipts, and counted in Datadog', async () => {
    const { exitCode, document } = await json('deploy', '-e', 'staging');
    const receipts = await receiptsOf(document.deploymentId ?? '');

    expect(exitCode).toBe(0);
    expect(receipts).toMatchObject({
      datadog: ['accepted', 'accepted'],
      grafana: ['accepted', 'accepted'],
    });
    expect(datadog.points('fairlead.deployments').map(({ value }) => value)).toEqual([1]);
    expect(grafana.annotations).toMatchObject([
      { timeEnd: expect.any(Number), tags: expect.arrayContaining(['deployment']) },
    ]);
  });

  it('is told to none where it switched monitoring off', async () => {
    const before = datadog.received.length + grafana.received.length;

    const { exitCode, document } = await json(
      ...['deploy', '-e', 'staging', '--component', 'api=registry.test/api:3'],
      '--disable-monitoring',
    );
    const receipts = await receiptsOf(document.deploymentId ?? '');

    expect(exitCode).toBe(0);
    expect(Object.keys(receipts)).toEqual(['log']);
    expect(datadog.received.length + grafana.received.length).toBe(before);
  });
});

async function doctor() {
  const { exitCode, document } = await json('doctor');
  const checks = document.checks ?? [];
  return { exitCode, checks, states: checks.map(({ name, state }) => `${name}: ${state}`) };
}

describe('doctor', () => {
  it('looks at every part, those too that only workers reach', async () => {
    const { exitCode, states } = await doctor();

    expect(states.toSorted()).toEqual([
      'cluster default, shop: ok',
      'configuration here: ok',
      'datadog: ok',
      'grafana: ok',
      'receipts of datadog: ok',
      'receipts of grafana: ok',
      'receipts of log: ok',
      'temporal: ok',
      'workers, cluster default: ok',
      'workers, role control: ok',
      'worker’s configuration: ok',
    ]);
    expect(exitCode).toBe(0);
  });
});

describe('with Grafana away', () => {
  beforeAll(async () => {
    await countsOf('remove', '--system', 'datadog');
    await grafana.stop();
  });

  it('apply exits 6, says who is away while a person still waits, and has changed nothing elsewhere', async () => {
    const { exitCode, stdout, stderr } = await fairlead('monitoring', 'apply');

    expect(exitCode).toBe(6);
    expect(stdout).toBe('');
    expect(stderr.trimEnd()).toMatch(/^fairlead: grafana could not be reached.*$/);
    expect(datadog.monitors.all).toEqual([]);
  });

  it('remove tells what was removed before, and exits 6', async () => {
    await countsOf('apply', '--system', 'datadog');

    const { exitCode, stdout, stderr } = await fairlead('monitoring', 'remove');

    expect(exitCode).toBe(6);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^datadog: 9 of 9 changed\n[^]*\nfairlead: grafana could not be reached/,
    );
  });

  it('doctor says so in a line of its own, looks at the rest all the same, and exits 6', async () => {
    const { exitCode, checks } = await doctor();

    expect(exitCode).toBe(6);
    expect(checks.filter(({ state }) => state === 'fail')).toEqual([
      expect.objectContaining({
        name: 'grafana',
        detail: expect.stringMatching(/could not be reached/),
        mend: expect.any(String),
      }),
    ]);
  });

  it('a worker with `provision: true` serves, changes nothing of what is there, and says once what it could not make', async () => {
    await countsOf('apply', '--system', 'datadog');
    const worker = spawnControl();
    workers = [...workers, worker];
    await worker.ready();

    expect(await provisionedBy(worker)).toMatchObject([
      { system: 'datadog', changes: 0 },
      { system: 'grafana', reason: expect.stringMatching(/grafana could not be reached/) },
    ]);
    expect(datadog.monitors.all).toHaveLength(ALERTS);
  });
});
