import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import type { DeploymentPlan } from '@fairlead/contracts';
import { promoteUpdate } from '@fairlead/contracts/messages';
import { DASHBOARDS, rulesFile } from '@fairlead/monitoring/definitions';
import { startStage } from '@fairlead/testing/e2e';
import type { SpawnedWorker, Stage } from '@fairlead/testing/e2e';
import { freePorts, waitFor } from '@fairlead/testing/servers';
import { startAlertmanager } from '@fairlead/testing/servers/alertmanager';
import type { AlertmanagerServer } from '@fairlead/testing/servers/alertmanager';
import { startPrometheus } from '@fairlead/testing/servers/prometheus';
import type { PrometheusServer } from '@fairlead/testing/servers/prometheus';
import { startPushgateway } from '@fairlead/testing/servers/pushgateway';
import type { PushgatewayServer } from '@fairlead/testing/servers/pushgateway';
import { requestOf } from '@fairlead/testing/workflows';

/** Twenty by `npm run soak`, with ten deployments each; here two with two, since the count is as exact for each. */
const COUNT = Number(process.env['FAIRLEAD_SOAK_TARGETS'] ?? 2);
const RUNS_EACH = COUNT > 2 ? 10 : 2;
const COUNTED = Array.from({ length: COUNT }, (_unused, index) => `app-${index}`);
/** Of every second application the first deployment ever fails, and its rollback too. */
const FAILING = COUNTED.filter((_name, index) => index % 2 === 0);
const APPLICATIONS = [...COUNTED, 'doomed', 'stuck', 'slow', 'ill'];
/** Workers that are scraped; all but one are killed in the middle. */
const WORKERS = COUNT > 2 ? 3 : 2;
const DEADLINE_MS = 120_000;
/** Longer than a worker takes to look at the targets again. */
const SCRAPE_MS = 1_000;

let stage: Stage;
let gateway: PushgatewayServer;
let alertmanager: AlertmanagerServer;
/** By what it scrapes: both, the workers alone, the Pushgateway alone. */
let prometheus: Record<'both' | 'workers' | 'gateway', PrometheusServer>;
let ports: number[];
const controls: SpawnedWorker[] = [];
let clusterWorker: SpawnedWorker;

beforeAll(async () => {
  stage = await startStage((directory) => ['--role', 'cluster', '--sandbox', directory]);
  createSimulatedCluster({
    stateFile: join(stage.directory, 'cluster.json'),
    seed: {
      workloads: APPLICATIONS.map((namespace) => ({
        ...{ namespace, name: 'api', replicas: 4 },
        // It takes 4 s to come up again: time enough to look at its way back.
        image: `registry.test/api:${namespace === 'ill' ? 'slow-1' : '1'}`,
      })),
    },
  }).close();
  [gateway, alertmanager, ports] = await Promise.all([
    startPushgateway(),
    startAlertmanager(),
    freePorts(WORKERS),
  ]);
  await writeFile(configFile(), configText());
  clusterWorker = await stage.startWorker();
  for (const port of ports) await startControl(port);
  const workers = { job: 'workers', targets: ports.map((port) => `127.0.0.1:${port}`) };
  const pushed = { job: 'gateway', targets: [new URL(gateway.url).host], honorLabels: true };
  const [both, alone, pushedAlone] = await Promise.all(
    [[workers, pushed], [workers], [pushed]].map((scrape, index) =>
      startPrometheus({
        scrape,
        scrapeIntervalMs: SCRAPE_MS,
        evaluationIntervalMs: 200,
        ...(index === 0 ? { rules: rulesFile({ page: false }) } : {}),
        ...(index === 0 ? { alertmanagers: [new URL(alertmanager.url).host] } : {}),
      }),
    ),
  );
  prometheus = { both: both!, workers: alone!, gateway: pushedAlone! };
});

afterAll(async () => {
  await Promise.all(Object.values(prometheus).map((server) => server.stop()));
  await stage.stop();
  await Promise.all([gateway.stop(), alertmanager.stop()]);
});

function configFile(): string {
  return join(stage.directory, 'fairlead.json');
}

function configText(): string {
  const systems = { pushgateway_url: gateway.url, alertmanager_url: alertmanager.url };
  return JSON.stringify({
    monitoring_systems: { prometheus: systems },
    notification: { page_owner: 'alertmanager' },
  });
}

async function startControl(port: number): Promise<void> {
  const args = ['--role', 'control', '--config', configFile()];
  controls.push(await stage.startWorker(args, port));
}

let runs = 0;

function request(application: string, tag: string, plan: Partial<DeploymentPlan> = {}) {
  runs += 1;
  return requestOf(`run-${runs}`, {
    ...{ application, namespace: application, type: 'rolling', expectedDurationMs: 3_600_000 },
    components: [{ name: 'api', workload: 'api', image: `registry.test/api:${tag}`, after: [] }],
    ...plan,
  });
}

async function deploy(...args: Parameters<typeof request>): Promise<string> {
  // Over a target that is halted, as `--force` does.
  const asked = { ...request(...args), force: true };
  await stage.request(asked);
  const { outcome } = await stage.result(asked.requestId);
  // A target is free a moment after its deployment's result is there.
  const { environment, application } = asked.plan;
  // A worker that was killed answers no query until the next one is there.
  const isFree = () =>
    stage.ledger(environment, application).then(
      ({ running }) => running === undefined,
      () => false,
    );
  await waitFor(isFree, { deadlineMs: DEADLINE_MS, what: `${application} to be free` });
  return outcome;
}

let ended = 0;

async function deployAll(application: string): Promise<string[]> {
  const outcomes: string[] = [];
  for (let run = 0; run < RUNS_EACH; run += 1) {
    const fails = run === 0 && FAILING.includes(application);
    const plan = fails ? { simulateFailure: 'rollback' as const } : {};
    outcomes.push(await deploy(application, String(run + 2), plan));
    ended += 1;
  }
  return outcomes;
}

async function untilEnded(more: number): Promise<void> {
  const goal = ended + Math.floor(more);
  await waitFor(() => Promise.resolve(ended >= goal), {
    deadlineMs: DEADLINE_MS,
    what: () => `${goal} deployments to end; ${ended} have`,
  });
}

function expressionOf(panelId: string): string {
  const panel = DASHBOARDS.flatMap(({ panels }) => panels).find(({ id }) => id === panelId);
  return (panel?.prometheus[0]?.expression ?? panelId)
    .replaceAll(/\$(environment|application)/g, '.*')
    .replaceAll('$__range_s', '600')
    .replaceAll(/\$__(?:range|interval)/g, '10m');
}

/** Label to value, of a panel's query. */
async function shown(server: PrometheusServer, panelId: string, label: string) {
  const samples = await server.query(expressionOf(panelId));
  return Object.fromEntries(samples.map(({ labels, value }) => [labels[label] ?? '', value]));
}

async function untilShown(panelId: string, label: string, expected: Record<string, number>) {
  for (const [name, server] of Object.entries(prometheus)) {
    let last: Record<string, number> = {};
    await waitFor(
      async () => {
        last = await shown(server, panelId, label);
        return JSON.stringify(sorted(last)) === JSON.stringify(sorted(expected));
      },
      {
        deadlineMs: DEADLINE_MS,
        what: () =>
          `${panelId} by ${name}: ${JSON.stringify(last)}, not ${JSON.stringify(expected)}`,
      },
    );
  }
}

function sorted(values: Record<string, number>) {
  return Object.entries(values).sort();
}

async function untilAlert(name: string, stands: boolean): Promise<Record<string, string>> {
  let labels: Record<string, string> = {};
  await waitFor(
    async () => {
      const firing = (await prometheus.both.alerts()).filter(({ state }) => state === 'firing');
      const found = firing.find((one) => one.labels['alertname'] === name);
      labels = { ...found?.labels };
      return (found !== undefined) === stands;
    },
    { deadlineMs: DEADLINE_MS, what: `${name} to ${stands ? 'fire' : 'resolve'}` },
  );
  return labels;
}

interface HeldAlert {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

async function held(name: string): Promise<readonly HeldAlert[]> {
  const answer = await fetch(`${alertmanager.url}/api/v2/alerts?filter=alertname="${name}"`);
  return (await answer.json()) as HeldAlert[];
}

describe('Prometheus, reading workers and Pushgateway', () => {
  it('has the exact integers from either source and from both, over a worker that is killed', async () => {
    const running = Promise.all(COUNTED.map(deployAll));
    for (const port of ports.slice(0, -1)) {
      await untilEnded((COUNT * RUNS_EACH) / WORKERS);
      const worker = controls.shift();
      worker?.child.kill('SIGKILL');
      await worker?.exited;
      await startControl(port);
    }
    const outcomes = [...(await running).flat(), await deploy('doomed', 'crashloop-2')];
    outcomes.push(await deploy('stuck', '2', { simulateFailure: 'rollback' }));

    const failed = FAILING.length + 1;
    const succeeded = COUNT * RUNS_EACH - FAILING.length;
    const all = succeeded + failed + 1;
    expect(outcomes).toHaveLength(all);
    await untilShown('by-status', 'outcome', { succeeded, 'rolled-back': 1, failed });
    await untilShown('by-environment', 'environment', { staging: all });
    await untilShown('failed-rollbacks', 'result', { '': failed });
    await untilShown('success-rate', 'none', { '': succeeded / all });
  });

  it('fires for the first failure ever and for the rollback that failed; one road pages', async () => {
    const failure = await untilAlert('Deployment Failure', true);
    const rollback = await untilAlert('Failed Rollback', true);

    expect(failure).toMatchObject({ severity: 'critical' });
    expect(failure).not.toHaveProperty('page');
    expect([...FAILING, 'stuck']).toContain(failure['application']);
    expect(rollback).toMatchObject({ environment: 'staging', severity: 'critical' });
    await waitFor(async () => (await held('Failed Rollback')).length > 0, {
      deadlineMs: DEADLINE_MS,
      what: 'Alertmanager to hear of the rollback',
    });
    const told = await held('Failed Rollback');
    // Of the others the next success has resolved what we told; the rule's own window still stands.
    const labels = { ...rollback, application: 'stuck', source: 'event', page: 'true' };
    expect(told.filter((one) => one.labels['page'] === 'true')).toEqual([
      expect.objectContaining({ labels }),
    ]);
  });

  it('fires for what takes longer than expected, and no longer when it is over', async () => {
    const asked = request('slow', '2', {
      type: 'canary',
      expectedDurationMs: 100,
      canary: { traffic: { router: 'replicas' }, steps: [{ kind: 'approval' }] },
    });
    await stage.request(asked);

    const labels = await untilAlert('Long-Running Deployment', true);
    await untilShown('running-now', 'none', { '': 1 });
    await stage.until(asked.requestId, ({ phase }) => phase === 'awaiting-approval', 'approval');
    await stage.client.workflow
      .getHandle(`deployment/${asked.requestId}`)
      .executeUpdate(promoteUpdate, { args: [{}] });
    await stage.result(asked.requestId);

    expect(labels).toMatchObject({ application: 'slow', severity: 'warning' });
    await untilAlert('Long-Running Deployment', false);
    await untilShown('running-now', 'none', {});
  });

  it('fires for a canary that is not well, while it is taken back', async () => {
    // It comes up and takes a pod's place, which the way back has to make anew.
    const asked = request('ill', 'latecrash-2', {
      type: 'canary',
      canary: {
        traffic: { router: 'replicas' },
        steps: [{ kind: 'weight', weight: 25 }, { kind: 'approval' }],
      },
    });
    await stage.request(asked);
    await stage.until(asked.requestId, ({ phase }) => phase === 'rolling-back', 'the way back');
    clusterWorker.child.kill('SIGSTOP');

    const labels = await untilAlert('Canary Deployment Issue', true);
    clusterWorker.child.kill('SIGCONT');
    const { outcome } = await stage.result(asked.requestId);

    expect(labels).toMatchObject({ application: 'ill', environment: 'staging' });
    expect(outcome).toBe('rolled-back');
    await untilShown('canary-issues', 'application', {});
  });
});
