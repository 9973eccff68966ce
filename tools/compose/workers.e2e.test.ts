import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from '@jest/globals';
import { shippedBundle, spawnWorker } from '@fairlead/testing/e2e';
import type { SpawnedWorker } from '@fairlead/testing/e2e';
import { freePorts, startTemporal, waitFor } from '@fairlead/testing/servers';
import { createScratch } from '../../libs/testing/src/servers/scratch.ts';
import { inRepository, ROOT, serviceOf } from './compose-file.ts';

const run = promisify(execFile);

/** A deployment takes some seconds, and a busy machine many times that. */
const DEADLINE_MS = 60_000;

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Place {
  readonly address: string;
  readonly directory: string;
}

interface Composed {
  readonly worker: SpawnedWorker;
  readonly sdkUrl: string;
}

/** The service's command and environment; only addresses, ports and paths are this machine's. */
async function startAsComposed(name: string, { address, directory }: Place): Promise<Composed> {
  const service = serviceOf(name);
  const { command = [], environment = {} } = service;
  const [port] = await freePorts(1);
  const worker = spawnWorker(command.slice(1), {
    ...withPaths(name),
    TEMPORAL_ADDRESS: address,
    FAIRLEAD_HEALTH_HOST: '127.0.0.1',
    FAIRLEAD_HEALTH_PORT: '0',
    FAIRLEAD_METRICS_ADDRESS: `127.0.0.1:${port}`,
    FAIRLEAD_WORKFLOW_BUNDLE: await shippedBundle(directory),
    ...(environment['FAIRLEAD_SANDBOX'] && { FAIRLEAD_SANDBOX: join(directory, 'sandbox') }),
  });
  closing.push(() => {
    worker.child.kill('SIGTERM');
    return worker.exited;
  });
  await worker.ready();
  return { worker, sdkUrl: `http://127.0.0.1:${port}/metrics` };
}

function withPaths(name: string): Record<string, string> {
  const service = serviceOf(name);
  const entries = Object.entries(service.environment ?? {}).map(([key, value]) => {
    const mounted = inRepository(service, value);
    return [key, mounted === undefined ? value : join(ROOT, mounted)] as const;
  });
  return Object.fromEntries(entries);
}

it('deploys to the simulated cluster, and tells what Prometheus comes for, when everything else is away', async () => {
  const scratch = await createScratch('compose-workers');
  closing.push(() => scratch.remove());
  const { directory } = scratch;
  const server = await startTemporal();
  closing.push(() => server.stop());
  const { address } = server;
  const [control, cluster] = await Promise.all([
    startAsComposed('control-worker', { address, directory }),
    startAsComposed('cluster-worker', { address, directory }),
  ]);

  const { stdout } = await run(
    process.execPath,
    [
      join(ROOT, 'apps/cli/bin/fairlead.js'),
      ...['deploy', '--environment', 'production', '--timeout', '1m', '--json'],
    ],
    { env: { ...process.env, ...withPaths('cli'), TEMPORAL_ADDRESS: address } },
  );

  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'succeeded' });
  const metrics = await waitFor(
    async () => {
      const response = await fetch(`http://127.0.0.1:${control.worker.healthPort()}/metrics`);
      const text = await response.text();
      return text.includes('outcome="succeeded"') ? text : undefined;
    },
    { deadlineMs: DEADLINE_MS, what: 'the deployment to be counted' },
  );
  expect(metrics).toMatch(/^fairlead_deployments_total\{.*outcome="succeeded".*\} 1$/m);
  expect(metrics).toMatch(/^temporal_/m);
  const sdk = await fetch(cluster.sdkUrl);
  expect(sdk.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await sdk.text()).toMatch(/^temporal_/m);
});
