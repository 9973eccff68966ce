import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IssueView, SettingsActivities } from '@fairlead/contracts';
import { targetWorkflowId } from '@fairlead/contracts';
import { ledgerQuery } from '@fairlead/contracts/messages';
import type { AlertRule, AlertSettings } from '@fairlead/settings';
import { createLog } from '@fairlead/temporal/logging';
import { createIssueReports } from '@fairlead/temporal/targets';
import { waitFor } from '@fairlead/testing/servers';
import {
  createRecordingDeliveries,
  createScriptedCluster,
  createScriptedRemediation,
  remediationPolicyOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { startAlertmanager } from '../../../../libs/testing/src/servers/alertmanager-server.ts';
import { startReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

const DEADLINE_MS = 60_000;
const TOKEN = 's3cret';
const LABELS: Omit<AlertRule, 'match' | 'issue'> = {
  workloadLabels: ['deployment', 'workload'],
  ...{ podLabel: 'pod', namespaceLabel: 'namespace' },
  ...{ environmentLabel: 'environment', applicationLabel: 'application' },
};

const mending = createScriptedRemediation();
const settings: SettingsActivities = {
  settingsSnapshot: () => Promise.resolve({ routes: [] }),
  remediationPolicy: () => Promise.resolve(remediationPolicyOf()),
};
const log = createLog({ service: 'test', level: 'error' });
const counted = new Map<string, number>();
let harness: WorkflowHarness;
let receiver: Receiver;
let number = 0;
let application: string;

beforeAll(async () => {
  harness = await startWorkflowHarness({
    ...createScriptedCluster(),
    ...createRecordingDeliveries({}),
    ...mending.activities,
    ...settings,
    lookupRecord: () => Promise.reject(new Error('no deployment is looked for')),
  });
  const { connection } = harness.client;
  receiver = await startReceiver(
    { host: '127.0.0.1', port: 0 },
    {
      settings: alertSettings,
      reports: createIssueReports({ connection, namespace: harness.server.namespace }),
      log,
      events: {
        log,
        settings: () => undefined,
        tell: () => Promise.reject(new Error('no event is told')),
      },
      count: ({ source, result, count }) => {
        const key = `${source} ${result}`;
        counted.set(key, (counted.get(key) ?? 0) + count);
      },
      limits: { rate: { perSecond: 1_000, burst: 1_000 } },
    },
  );
});

afterAll(async () => {
  await receiver.close();
  await harness.stop();
});

beforeEach(() => {
  number += 1;
  application = `app-${number}`;
  mending.mends.length = 0;
  mending.beforeVerified = () => Promise.resolve();
  counted.clear();
});

function alertSettings(): AlertSettings {
  return {
    ...{ host: '127.0.0.1', port: 0, token: TOKEN, application },
    rules: [
      { match: { alertname: 'KubePodCrashLooping' }, issue: 'pod_crash', ...LABELS },
      { match: { alertname: 'KubeDeploymentRolloutStuck' }, issue: 'deployment_stuck', ...LABELS },
    ],
    places: [
      {
        ...{ environment: 'staging', cluster: 'default', namespace: 'shop-staging' },
        workloads: ['api'],
      },
    ],
  };
}

interface Given {
  readonly alertname: string;
  readonly pod?: string;
  readonly deployment?: string;
  readonly status?: 'firing' | 'resolved';
}

function bodyOf(...alerts: readonly Given[]): string {
  return JSON.stringify({
    ...{ version: '4', groupKey: '{}:{}', status: 'firing', receiver: 'fairlead' },
    alerts: alerts.map(({ status = 'firing', ...labels }) => ({
      status,
      labels: { namespace: 'shop-staging', ...labels },
      annotations: { summary: 'seen by Prometheus' },
    })),
  });
}

async function post(body: string): Promise<{ status: number; answer: Record<string, number> }> {
  const response = await fetch(`http://127.0.0.1:${receiver.port}/alerts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, answer: (await response.json()) as Record<string, number> };
}

async function issues(): Promise<readonly IssueView[]> {
  const id = targetWorkflowId('staging', application);
  const ledger = await harness.client.workflow
    .getHandle(id)
    .query(ledgerQuery)
    .catch(() => undefined);
  return ledger?.issues ?? [];
}

/** `wanted`: of each issue its state, in alphabetical order. */
function untilStates(...wanted: readonly IssueView['state'][]): Promise<readonly IssueView[]> {
  let last: readonly IssueView[] = [];
  return waitFor(
    async () => {
      last = await issues();
      const states = last.map(({ state }) => state).sort();
      return states.join() === wanted.join() ? last : undefined;
    },
    { deadlineMs: DEADLINE_MS, what: () => `the issues; they are ${JSON.stringify(last)}` },
  );
}

/** No attempt ends before it is released. */
function holdVerification(): () => void {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  mending.beforeVerified = () => promise;
  return () => {
    resolve(undefined);
  };
}

const CRASHES = ['x2x4k', 'qqqqq', 'zzzzz'].map((end) => ({
  alertname: 'KubePodCrashLooping',
  pod: `api-5d9c7f6b8-${end}`,
}));

describe('alerts at a target', () => {
  it('"The same Alertmanager body 50 times, firing and resolved mixed, three alerts in a group: one issue per workload and kind, one action"', async () => {
    const firing = bodyOf(...CRASHES);
    const mixed = bodyOf(...CRASHES.map((one) => ({ ...one, status: 'resolved' as const })));
    const bodies = Array.from({ length: 50 }, (_, index) => (index % 3 === 1 ? mixed : firing));

    const release = holdVerification();
    const answers = await Promise.all(bodies.map(post));
    release();
    await untilStates('healed');
    // What still fires then is the same issue again, which keeps its cooldown.
    const later = await Promise.all(bodies.map(post));

    expect([...answers, ...later].map(({ status }) => status)).toEqual(
      Array.from({ length: 100 }, () => 200),
    );
    const told = answers.map(({ answer }) => answer);
    expect(told.filter((one) => one['reported'] === 1)).toHaveLength(1);
    expect(told.filter((one) => one['ignored'] === 3)).toHaveLength(17);
    expect(await issues()).toMatchObject([
      { key: 'pod_crash/api', source: 'alertmanager', attempts: [{ result: 'helped' }] },
    ]);
    expect(mending.mends).toMatchObject([{ mend: { action: 'restart_pod' } }]);
  });

  it('are one issue of each workload and kind, and one action of each workload', async () => {
    const stuck = { alertname: 'KubeDeploymentRolloutStuck', deployment: 'api' };
    const web = { alertname: 'KubePodCrashLooping', deployment: 'web' };
    const body = bodyOf(...CRASHES, stuck, web, {
      ...stuck,
      deployment: 'cart',
      status: 'resolved',
    });

    const release = holdVerification();
    for (let times = 0; times < 10; times += 1) await post(body);
    release();
    // Of the two of one workload the second waits until the first action can have helped.
    const found = await untilStates('healed', 'healed', 'waiting');

    expect(found.map(({ key }) => key).sort()).toEqual([
      'deployment_stuck/api',
      'pod_crash/api',
      'pod_crash/web',
    ]);
    const [waiting] = found.filter(({ state }) => state === 'waiting');
    const [healed] = found.filter(({ key }) => key !== waiting?.key && key.endsWith('/api'));
    const cooledMs = Date.parse(waiting?.dueAt ?? '') - Date.parse(healed?.attempts[0]?.at ?? '');
    expect(cooledMs).toBe(300_000);
    expect(mending.mends).toHaveLength(2);
  });

  it('of pods whose workload only the cluster knows are one issue too', async () => {
    const pods = ['cart-1', 'cart-2', 'cart-3'].map((pod) => ({ ...CRASHES[0], pod }));
    const body = bodyOf(...pods.map((one) => ({ alertname: 'KubePodCrashLooping', ...one })));

    const release = holdVerification();
    const { answer } = await post(body);
    await post(body);
    release();
    await untilStates('healed');

    expect(answer).toEqual({ reported: 1, known: 2, ignored: 0, refused: 0 });
    expect(mending.mends).toHaveLength(1);
  });

  it('begin no record of a target where nothing is configured', async () => {
    const { answer } = await post(
      bodyOf({ alertname: 'KubePodCrashLooping', pod: 'a-1' }).replace('shop-staging', 'default'),
    );

    expect(answer).toMatchObject({ refused: 1 });
    const id = targetWorkflowId('staging', application);
    await expect(harness.client.workflow.getHandle(id).describe()).rejects.toThrow(/not found/);
  });
});

describe('a real Alertmanager', () => {
  it('is understood: what fires is mended once, however often it is told; what is resolved does nothing', async () => {
    const webhook = `{ url: 'http://127.0.0.1:${receiver.port}/alerts', send_resolved: true, http_config: { authorization: { credentials: ${TOKEN} } } }`;
    const alertmanager = await startAlertmanager({
      config: `
route: { receiver: fairlead, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1s }
receivers: [{ name: fairlead, webhook_configs: [${webhook}] }]
`,
    });
    const tell = async (endsAt?: string) => {
      const labels = { alertname: 'KubePodCrashLooping', namespace: 'shop-staging' };
      const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(
          CRASHES.map(({ pod }) => ({
            labels: { ...labels, pod },
            ...(endsAt === undefined ? {} : { endsAt }),
          })),
        ),
      });
      expect(response.status).toBe(200);
    };
    const until = (result: string, least: number) =>
      waitFor(() => Promise.resolve((counted.get(`alertmanager ${result}`) ?? 0) >= least), {
        deadlineMs: DEADLINE_MS,
        what: () => `${least} ${result}; there are ${JSON.stringify([...counted])}`,
      });

    try {
      await tell();
      await untilStates('healed');
      // It says it again by itself.
      await until('known', 4);
      await tell(new Date().toISOString());
      await until('ignored', 3);
    } finally {
      await alertmanager.stop();
    }

    expect(await issues()).toMatchObject([{ key: 'pod_crash/api', source: 'alertmanager' }]);
    expect(mending.mends).toHaveLength(1);
    expect(counted.get('alertmanager failed')).toBe(0);
  });
});
