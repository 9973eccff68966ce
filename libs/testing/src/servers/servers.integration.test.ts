import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { TemporalServer, TestCluster } from './index.ts';
import { acceptRoute, startTemporal, startTestCluster, waitFor } from './index.ts';

interface Pod {
  metadata: { name: string; labels: { app: string } };
  status: {
    phase: string;
    conditions?: { type: string; status: string }[];
    containerStatuses?: {
      ready: boolean;
      restartCount: number;
      state: { waiting?: { reason: string }; terminated?: { reason: string } };
      lastState?: { terminated?: { reason: string } };
    }[];
  };
}

const NAMESPACE = 'servers';
/** Beyond what the slowest mode needs (latecrash 3 s, oom back-off 1 s, slow 4 s) on a busy machine. */
const POD_DEADLINE_MS = 60_000;

describe('startTestCluster', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster({ gatewayApi: true });
    await cluster.kubectl(['create', 'namespace', NAMESPACE]);
  });
  afterAll(async () => {
    await cluster.stop();
  });

  async function deploy(mode: string): Promise<void> {
    const manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: mode, namespace: NAMESPACE },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: mode } },
        template: {
          metadata: { labels: { app: mode } },
          spec: { nodeName: 'node-0', containers: [{ name: 'api', image: `api:${mode}-2` }] },
        },
      },
    };
    await cluster.kubectl(['apply', '-f', '-'], JSON.stringify(manifest));
  }

  async function podOf(mode: string): Promise<Pod | undefined> {
    const selection = ['--namespace', NAMESPACE, '--selector', `app=${mode}`, '--output', 'json'];
    const list = JSON.parse(await cluster.kubectl(['get', 'pods', ...selection])) as {
      items: Pod[];
    };
    return list.items[0];
  }

  /** Waits until the mode's pod looks like `wanted`; the answer is how it looks. */
  async function stateOf(mode: string, wanted: string): Promise<string> {
    let seen = 'nothing';
    const reached = async () => {
      seen = summarise(await podOf(mode));
      return seen === wanted;
    };
    const what = () => `${mode} to be "${wanted}", it is "${seen}"`;
    // Each look is a process.
    await waitFor(reached, { deadlineMs: POD_DEADLINE_MS, what, pollMs: 400 });
    return seen;
  }

  it.each([
    ['v1', 'Running, ready'],
    ['crashloop', 'Running, CrashLoopBackOff after Error'],
    ['imagepull', 'Pending, ImagePullBackOff'],
    ['configerror', 'Pending, CreateContainerConfigError'],
    ['latecrash', 'Running, CrashLoopBackOff after Error'],
  ])('brings the pod of api:%s to "%s"', async (mode, wanted) => {
    await deploy(mode);

    const state = await stateOf(mode, wanted);

    expect(state).toBe(wanted);
  });

  it('makes a slow pod ready late, a neverready or pending one not at all', async () => {
    await Promise.all(['neverready', 'pending', 'slow'].map(deploy));

    const early = await stateOf('slow', 'Running, not ready');
    await stateOf('slow', 'Running, ready');

    expect(early).toBe('Running, not ready');
    expect(summarise(await podOf('neverready'))).toBe('Running, not ready');
    expect(summarise(await podOf('pending'))).toBe('Pending');
  });

  it('makes a stale pod ready once it is restarted', async () => {
    await deploy('stale');
    const early = await stateOf('stale', 'Running, not ready');

    await cluster.kubectl(['--namespace', NAMESPACE, 'rollout', 'restart', 'deployment/stale']);

    await stateOf('stale', 'Running, ready');
    expect(early).toBe('Running, not ready');
  });

  it('kills a pod that is out of memory, again and again', async () => {
    await deploy('oom');

    await stateOf('oom', 'Running, OOMKilled');
    await stateOf('oom', 'Running, CrashLoopBackOff after OOMKilled');
    await stateOf('oom', 'Running, OOMKilled');
    const pod = await podOf('oom');

    expect(pod?.status.containerStatuses?.[0]?.restartCount).toBeGreaterThanOrEqual(1);
  });

  it('tells in the audit log who wrote what', async () => {
    const configMap = ['--namespace', NAMESPACE, 'create', 'configmap', 'audited'];
    await cluster.kubectl([
      '--kubeconfig',
      cluster.kubeconfigs.other,
      ...configMap,
      '--from-literal=a=b',
    ]);

    const entry = await waitFor(
      async () =>
        (await cluster.auditEntries({ user: 'other' })).find(
          ({ objectRef }) => objectRef?.name === 'audited',
        ),
      { deadlineMs: 5000, what: 'the audit entry of the ConfigMap' },
    );

    expect(entry).toMatchObject({
      verb: 'create',
      user: { username: 'other' },
      responseStatus: { code: 201 },
      requestObject: { data: { a: 'b' } },
    });
  });

  it('refuses fairlead what no role allows', async () => {
    const patch = ['--kubeconfig', cluster.kubeconfigs.fairlead, 'delete', 'namespace', NAMESPACE];

    await expect(cluster.kubectl(patch)).rejects.toThrow(/Forbidden.*"fairlead" cannot delete/);
  });

  it('holds pods back when the quota is used up', async () => {
    const quota = ['create', 'quota', 'none', '--hard=pods=0', '--namespace', 'quota'];
    await cluster.kubectl(['create', 'namespace', 'quota']);
    await cluster.kubectl(quota);
    const used = [
      '--namespace',
      'quota',
      'get',
      'quota',
      'none',
      '--output',
      'jsonpath={.status.used.pods}',
    ];
    await waitFor(() => cluster.kubectl(used), { deadlineMs: 60_000, what: 'the quota to count' });

    const run = cluster.kubectl(['--namespace', 'quota', 'run', 'one', '--image=api:v1']);

    await expect(run).rejects.toThrow(/exceeded quota/);
  });

  it('plays the controller of a route', async () => {
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'api', namespace: NAMESPACE },
      spec: {
        parentRefs: [{ name: 'gateway' }],
        rules: [{ backendRefs: [{ name: 'api', port: 80, weight: 100 }] }],
      },
    };
    await cluster.kubectl(['create', '-f', '-'], JSON.stringify(route));

    await acceptRoute(cluster.kubectl, NAMESPACE, 'api');

    const output = ['--output', 'jsonpath={.status.parents[*].conditions[*].type}'];
    const types = await cluster.kubectl([
      '--namespace',
      NAMESPACE,
      'get',
      'httproute',
      'api',
      ...output,
    ]);
    expect(types).toBe('Accepted ResolvedRefs');
  });

  it('leaves no process and no file behind', async () => {
    await cluster.stop();

    expect(Object.values(cluster.pids)).toHaveLength(4);
    expect(Object.values(cluster.pids).filter(isAlive)).toEqual([]);
    expect(existsSync(dirname(cluster.auditLog))).toBe(false);
  });
});

describe('startTemporal', () => {
  let directory: string;
  let temporal: TemporalServer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'fairlead-servers-test-'));
  });
  afterAll(async () => {
    await temporal.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('comes back on its port after a kill', async () => {
    const options = {
      dbFile: join(directory, 'temporal.db'),
      namespace: 'servers',
      searchAttributes: { DeployPhase: 'Keyword' },
    } as const;
    temporal = await startTemporal(options);
    const { address, port, pid } = temporal;

    await temporal.kill('SIGKILL');
    const wasAlive = isAlive(pid);
    await temporal.stop();
    temporal = await startTemporal({ ...options, port });

    expect(wasAlive).toBe(false);
    expect(temporal).toMatchObject({ address, namespace: 'servers' });
  });
});

function summarise(pod: Pod | undefined): string {
  if (pod === undefined) return 'no pod';
  const container = pod.status.containerStatuses?.[0];
  if (container === undefined) return pod.status.phase;
  const reason = container.state.waiting?.reason ?? container.state.terminated?.reason;
  const last = container.lastState?.terminated?.reason;
  const ready = container.ready ? 'ready' : 'not ready';
  return `${pod.status.phase}, ${reason ?? ready}${last === undefined ? '' : ` after ${last}`}`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
