import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CRASH, spawnWorker, startClusterStage, untilIssue } from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget, SpawnedWorker } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';

const DEADLINE_MS = 90_000;

let stage: ClusterStage;

beforeAll(async () => {
  stage = await startClusterStage();
});

afterEach(() => stage.killWorkers());

afterAll(() => stage.stop());

interface Written {
  readonly args: readonly string[];
  readonly tokenFile: string;
}

/** A configuration whose components are others: the worker sees nothing of `api` by itself. */
async function configure(
  { namespace, application }: SeededTarget,
  { listen = '127.0.0.1:0' } = {},
): Promise<Written> {
  const file = join(stage.directory, `${application}.yaml`);
  const tokenFile = join(stage.directory, `${application}.token`);
  await writeFile(tokenFile, 'first-t0ken\n');
  await writeFile(
    file,
    `application: ${application}
components: [{ name: other, image: registry.test/other:1 }]
environments: { staging: { namespace: ${namespace} } }
monitoring_systems: { prometheus: {} }
remediation:
  auto_remediate: true
  verify_for: 1s
  actions: { restart_pod: {} }
  receiver: { listen: "${listen}", bearer_token_file: ${tokenFile} }
`,
  );
  const args = ['--kubeconfig', stage.cluster.kubeconfigs.fairlead, '--config', file];
  return { args, tokenFile };
}

function portOf(worker: SpawnedWorker): string {
  const port = /"port":(\d+),"message":"receiver listens"/.exec(worker.stderr())?.[1];
  if (port === undefined) throw new Error(`no receiver listens: ${worker.stderr()}`);
  return port;
}

interface Told {
  readonly token?: string;
  readonly labels: Readonly<Record<string, string>>;
}

async function tell(worker: SpawnedWorker, { token = 'first-t0ken', labels }: Told) {
  const response = await fetch(`http://127.0.0.1:${portOf(worker)}/alerts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ version: '4', alerts: [{ status: 'firing', labels }] }),
  });
  return { status: response.status, text: await response.text() };
}

describe('a worker that takes alerts', () => {
  it('mends what an alert says, and touches no namespace that is not configured', async () => {
    const target = await stage.seedTarget({ replicas: 1 });
    const { namespace, application } = target;
    const worker = await stage.startWorker((await configure(target)).args);
    const [pod] = await stage.fixtures.list<{ metadata: { name: string } }>('pods', namespace);
    const name = pod?.metadata.name ?? '';
    await stage.fixtures.edit('pods', namespace, name, CRASH);
    const labels = { alertname: 'KubePodCrashLooping', namespace, pod: name, container: 'api' };

    const first = await tell(worker, { labels });
    const issue = await untilIssue(
      stage,
      { application, key: 'pod_crash/api' },
      ({ state }) => state === 'healed',
    );

    expect(first.status).toBe(200);
    expect(JSON.parse(first.text)).toMatchObject({ reported: 1 });
    expect(issue).toMatchObject({
      ...{ key: 'pod_crash/api', source: 'alertmanager', pod: name },
      attempts: [{ action: 'restart_pod', result: 'helped' }],
    });
    expect(await tell(worker, { labels: { ...labels, namespace: 'default' } })).toMatchObject({
      text: expect.stringContaining('"refused":1'),
    });
    const left = await stage.fixtures.list<{ metadata: { name: string } }>('pods', namespace);
    expect(left.map(({ metadata }) => metadata.name)).not.toContain(name);
    const metrics = await fetch(`http://127.0.0.1:${worker.healthPort()}/metrics`);
    expect(await metrics.text()).toContain(
      'fairlead_alerts_received_total{source="alertmanager",result="reported"} 1',
    );
  });

  it('takes a token that was exchanged without a restart, and logs neither', async () => {
    const target = await stage.seedTarget({ replicas: 1 });
    const { args, tokenFile } = await configure(target);
    const worker = await stage.startWorker(args);
    const labels = { alertname: 'Watchdog' };

    expect((await tell(worker, { labels })).status).toBe(200);
    await writeFile(tokenFile, 'second-t0ken\n');
    await waitFor(
      async () => (await tell(worker, { labels, token: 'second-t0ken' })).status === 200,
      { deadlineMs: DEADLINE_MS, what: 'the new token', pollMs: 500 },
    );

    expect((await tell(worker, { labels })).status).toBe(401);
    expect(worker.stderr()).not.toContain('t0ken');
  });

  it('ends in good order', async () => {
    const target = await stage.seedTarget({ replicas: 1 });
    const worker = await stage.startWorker((await configure(target)).args);
    await tell(worker, { labels: { alertname: 'Watchdog' } });

    worker.child.kill('SIGTERM');

    expect(await worker.exited).toBe(0);
  });

  it('ends with exit 2 and one line where its port is taken', async () => {
    const target = await stage.seedTarget({ replicas: 1 });
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const listen = `127.0.0.1:${(holder.address() as AddressInfo).port}`;

    const worker = spawnWorker((await configure(target, { listen })).args, {
      ...stage.temporalEnv,
    });

    expect(await worker.exited).toBe(2);
    expect(worker.stderr()).toContain(
      `fairlead-worker: cannot take alerts and events on ${listen} (EADDRINUSE)`,
    );
    holder.close();
  });
});
