import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { shippedBundle, spawnWorker } from '@fairlead/testing/e2e';
import type { SpawnedWorker } from '@fairlead/testing/e2e';
import { startTemporal, waitFor } from '@fairlead/testing/servers';
import type { TemporalServer } from '@fairlead/testing/servers';

let temporal: TemporalServer;
let directory: string;
let bundleDirectory: string;
let bundle: string;
const spawned: SpawnedWorker[] = [];

beforeAll(async () => {
  temporal = await startTemporal();
  // As shipped, and once: every start of the control role would take 2 s more.
  bundleDirectory = await mkdtemp(join(tmpdir(), 'fairlead-bundle-'));
  bundle = await shippedBundle(bundleDirectory);
});

afterAll(async () => {
  await temporal.stop();
  await rm(bundleDirectory, { recursive: true, force: true });
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fairlead-worker-'));
});

afterEach(async () => {
  for (const worker of spawned.splice(0)) {
    worker.child.kill('SIGKILL');
    await worker.exited;
  }
  await rm(directory, { recursive: true, force: true });
});

function worker(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const one = spawnWorker(args, {
    TEMPORAL_ADDRESS: temporal.address,
    FAIRLEAD_WORKFLOW_BUNDLE: bundle,
    ...env,
  });
  spawned.push(one);
  return one;
}

async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

describe('a worker in the sandbox', () => {
  it('becomes ready on a bare server by a checkout’s sources, and ends with exit 0 on SIGTERM', async () => {
    const one = worker(['--sandbox', directory, '--health-port', '0'], {
      FAIRLEAD_BUILT: '',
      FAIRLEAD_WORKFLOW_BUNDLE: '',
    });

    await one.ready();
    const live = await one.healthStatus('/livez');
    one.child.kill('SIGTERM');

    expect(live).toBe(200);
    expect(await one.exited).toBe(0);
    expect(one.stdout()).toBe('');
  });

  it('serves its queues under a name that says what it is', async () => {
    const one = worker(['--sandbox', directory, '--cluster', 'eu', '--health-port', '0']);
    await one.ready();
    const connection = await Connection.connect({ address: temporal.address });

    const pollers = await Promise.all(
      ['fairlead-control', 'deliver-inbox-chat', 'cluster-eu'].map((name) =>
        waitFor(
          async () => {
            const answer = await connection.workflowService.describeTaskQueue({
              namespace: 'default',
              taskQueue: { name },
              // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- TASK_QUEUE_TYPE_ACTIVITY, whose enum no package of ours exports
              taskQueueType: 2,
            });
            return answer.pollers.find(({ identity }) =>
              identity?.endsWith(`/both:eu/${one.child.pid}`),
            );
          },
          { deadlineMs: 60_000, what: `a poller of ${name}` },
        ),
      ),
    );
    await connection.close();

    expect(pollers).toHaveLength(3);
  });

  it('is alive but not ready while Temporal is away', async () => {
    const address = await freeAddress();
    const one = worker(['--sandbox', directory, '--health-port', '0'], {
      TEMPORAL_ADDRESS: address,
    });

    const live = await waitFor(() => one.healthStatus('/livez'), {
      deadlineMs: 60_000,
      what: 'the health endpoint',
    });

    expect(live).toBe(200);
    expect(await one.healthStatus('/readyz')).toBe(503);
  });

  it('reads the configuration again on SIGHUP and goes on', async () => {
    const one = worker(['--sandbox', directory, '--health-port', '0']);
    await one.ready();

    one.child.kill('SIGHUP');
    await waitFor(() => one.stderr().split('"configuration read"').length > 2, {
      deadlineMs: 60_000,
      what: 'the second reading',
    });

    expect(await one.healthStatus('/readyz')).toBe(200);
  });
});

describe('a worker of one role', () => {
  it('needs no workflows for a cluster, and no cluster for control', async () => {
    const cluster = worker(['--role', 'cluster', '--sandbox', directory, '--health-port', '0']);
    const control = worker(['--role', 'control', '--health-port', '0']);

    await Promise.all([cluster.ready(), control.ready()]);

    expect(cluster.stderr()).toContain('"taskQueue":["cluster-default"]');
    expect(control.stderr()).toContain('"taskQueue":["fairlead-control"]');
  });
});

describe('lookupRecord', () => {
  it('answers undefined for a deployment that Temporal does not know', async () => {
    const one = worker(['--role', 'control', '--health-port', '0']);
    await one.ready();
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection });

    const result: unknown = await client.activity.execute('lookupRecord', {
      id: 'lookup-1',
      taskQueue: 'fairlead-control',
      args: [{ deploymentId: 'nobody-knows' }],
      startToCloseTimeout: '15s',
    });
    await connection.close();

    expect(result ?? undefined).toBeUndefined();
  });
});

describe('a start that cannot succeed', () => {
  it.each([
    [
      ['--role', 'worker'],
      2,
      /^fairlead-worker: --role "worker": expected one of control, cluster/,
    ],
    [
      ['--kubeconfig', '/nowhere/config'],
      2,
      /kubeconfig \/nowhere\/config \(--kubeconfig\): there is no such file; correct --kubeconfig/,
    ],
    [['--config', '/nowhere/fairlead.yaml'], 2, /\/nowhere\/fairlead\.yaml/],
    [
      ['--workflow-bundle', '/nowhere.js'],
      2,
      /--workflow-bundle "\/nowhere\.js": there is no such/,
    ],
  ])('tells of %j with exit %d and one line', async (args, exitCode, message) => {
    const one = worker(args);

    expect(await one.exited).toBe(exitCode);
    const told = one
      .stderr()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{'));
    expect(told).toEqual([expect.stringMatching(message)]);
  });

  it('names an unknown namespace with exit 2', async () => {
    const one = worker(['--role', 'control'], { TEMPORAL_NAMESPACE: 'nope' });

    expect(await one.exited).toBe(2);
    expect(one.stderr()).toMatch(/config-invalid: Temporal has no namespace nope/);
  });

  it('names the address and how long it tried with exit 6 when Temporal is away', async () => {
    const address = await freeAddress();
    const one = worker(['--sandbox', directory, '--connect-timeout', '1s'], {
      TEMPORAL_ADDRESS: address,
    });

    expect(await one.exited).toBe(6);
    expect(one.stderr()).toMatch(
      new RegExp(
        `^fairlead-worker: temporal-unreachable: Temporal at ${address} .* within \\S+ s`,
        'm',
      ),
    );
    expect(one.stderr()).not.toMatch(/^\s+at /m);
  });

  it('waits for a server that comes later', async () => {
    const address = await freeAddress();
    const one = worker(['--sandbox', directory, '--health-port', '0'], {
      TEMPORAL_ADDRESS: address,
    });
    await waitFor(() => one.healthStatus('/livez'), { deadlineMs: 60_000, what: 'the worker' });

    const late = await startTemporal({ port: Number(address.split(':')[1]) });
    await one.ready();
    one.child.kill('SIGTERM');

    expect(await one.exited).toBe(0);
    await late.stop();
  });
});
