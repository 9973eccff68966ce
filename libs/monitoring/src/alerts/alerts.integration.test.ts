import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { waitFor } from '@fairlead/testing/servers';
import { startExposition, startPrometheus, withLabels } from '@fairlead/testing/servers/prometheus';
import type {
  Exposition,
  PrometheusAlert,
  PrometheusServer,
} from '@fairlead/testing/servers/prometheus';
import { seriesOf } from '../prometheus/exposition.ts';
import { A_CANARY_RUN, aTarget, aTotal } from '../prometheus/fixtures.ts';
import { rulesFile } from '../prometheus/rules/rules-file.ts';
import type { TargetState } from '@fairlead/contracts';

const DEADLINE_MS = 60_000;
/** What is left of an alert's time when a failure of long ago is first told of: many evaluations on a busy machine. */
const LEFT_SECONDS = 10;
const SCRAPE_MS = 200;

let prometheus: PrometheusServer;
let worker: Exposition;
let gateway: Exposition;

beforeAll(async () => {
  [worker, gateway] = await Promise.all([startExposition(''), startExposition('')]);
  const rules = rulesFile({ page: true });
  prometheus = await startPrometheus({
    scrape: [
      { job: 'workers', targets: [worker.address] },
      { job: 'gateway', targets: [gateway.address], honorLabels: true },
    ],
    // The five minutes are proven by promtool.
    rules: rules.replace('keep_firing_for: 5m', 'keep_firing_for: 2s'),
    scrapeIntervalMs: SCRAPE_MS,
    evaluationIntervalMs: SCRAPE_MS,
  });
});

afterAll(async () => {
  await prometheus.stop();
  await Promise.all([worker.stop(), gateway.stop()]);
});

/** Both sources tell it, from the next scrape on. */
async function tell(...states: readonly TargetState[]): Promise<void> {
  const text = await seriesOf(states);
  worker.show(text);
  gateway.show(withLabels(text, { job: 'fairlead' }));
}

function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1_000).toISOString();
}

async function firing(): Promise<readonly PrometheusAlert[]> {
  return (await prometheus.alerts()).filter(({ state }) => state === 'firing');
}

async function untilFiring(count: number): Promise<readonly PrometheusAlert[]> {
  return waitFor(
    async () => {
      const alerts = await firing();
      return alerts.length === count && alerts;
    },
    { deadlineMs: DEADLINE_MS, what: `${count} alerts to fire` },
  );
}

it('has no fault to find in rules that it loads', async () => {
  const response = await fetch(`${prometheus.url}/api/v1/rules`);
  const { data } = (await response.json()) as {
    readonly data: { readonly groups: readonly { readonly rules: readonly object[] }[] };
  };

  expect(data.groups.flatMap(({ rules }) => rules)).toHaveLength(4);
});

it('fires once for the first failure ever and its failed rollback, and both resolve in time', async () => {
  const deployments = {
    rolling: { failed: aTotal({ lastFinishedAt: secondsAgo(300 - LEFT_SECONDS) }) },
  };
  const rollbacks = { failed: { count: 1, lastFinishedAt: secondsAgo(900 - LEFT_SECONDS) } };
  await tell(aTarget({ deployments, rollbacks }));

  const alerts = await untilFiring(2);

  const common = {
    ...{ environment: 'staging', application: 'shop' },
    ...{ severity: 'critical', managed_by: 'fairlead', page: 'true' },
  };
  const failure = expect.objectContaining({
    labels: { ...common, alertname: 'Deployment Failure', type: 'rolling' },
    annotations: expect.objectContaining({ summary: 'Deployment of shop to staging failed' }),
  });
  const rollback = expect.objectContaining({
    labels: { ...common, alertname: 'Failed Rollback' },
    annotations: expect.objectContaining({
      summary: 'Rollback of shop in staging could not finish',
    }),
  });
  expect(alerts).toEqual(expect.arrayContaining([failure, rollback]));
  await untilFiring(0);
});

it('fires while a deployment is overdue, and resolves when it ends', async () => {
  const { canary: _, ...run } = A_CANARY_RUN;
  const running = { ...run, startedAt: secondsAgo(58), expectedSeconds: 60 };
  await tell(aTarget({ running }));

  const alerts = await untilFiring(1);

  expect(alerts).toMatchObject([
    { labels: { alertname: 'Long-Running Deployment', type: 'canary', severity: 'warning' } },
  ]);
  expect(alerts[0]?.labels).not.toHaveProperty('page');
  await tell(aTarget());
  await untilFiring(0);
});

it('fires while a canary is not well, though one source says that it is, and resolves after it', async () => {
  const running = { ...A_CANARY_RUN, startedAt: secondsAgo(1) };
  const unwell = { ...running, canary: { healthy: false, weight: 0.5 } };
  await tell(aTarget({ running }));
  worker.show(await seriesOf([aTarget({ running: unwell })]));

  expect(await untilFiring(1)).toMatchObject([
    {
      labels: { alertname: 'Canary Deployment Issue', application: 'shop', severity: 'warning' },
    },
  ]);
  await tell(aTarget());
  await untilFiring(0);
});

it('tells targets apart', async () => {
  const lastFinishedAt = secondsAgo(300 - LEFT_SECONDS);
  const deployments = { rolling: { failed: aTotal({ lastFinishedAt }) } };
  await tell(
    aTarget({ deployments }),
    aTarget({ application: 'cart', deployments }),
    aTarget({ environment: 'prod', deployments }),
  );

  const alerts = await untilFiring(3);

  expect(
    alerts.map(({ labels }) => `${labels['environment']}/${labels['application']}`).sort(),
  ).toEqual(['prod/shop', 'staging/cart', 'staging/shop']);
});
