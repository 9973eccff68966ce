import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePorts, startTemporal, waitFor } from '@fairlead/testing/servers';
import { createScratch } from '../../libs/testing/src/servers/scratch.ts';
import type { Scratch } from '../../libs/testing/src/servers/scratch.ts';
import { startServer } from '../../libs/testing/src/servers/server-process.ts';
import { temporalPath } from '../setup/index.ts';
import { inRepository, mountsOf, publishedPorts, ROOT, serviceOf } from './compose-file.ts';

const run = promisify(execFile);

/** They answer within 0.3 s; a busy machine may take a hundred times that. */
const START_DEADLINE_MS = 60_000;

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Running {
  readonly port: number;
  readonly url: string;
}

/** Debian's program with the command of the service: only paths are other ones, as mounts make them, and the port. */
async function startAsComposed(name: string, program: string): Promise<Running> {
  const service = serviceOf(name);
  const scratch = await createScratch(`compose-${name}`);
  const [port = 0] = await freePorts(1);
  const args = (service.command ?? []).map((argument) => onThisMachine(name, argument, scratch));
  const server = startServer(scratch, {
    ...{ name, command: program },
    args: [...args, `--web.listen-address=127.0.0.1:${port}`],
  });
  closing.push(async () => {
    await server.stop();
    await scratch.remove();
  });
  await waitFor(
    () => {
      server.assertAlive();
      return isHealthy(name, port);
    },
    { deadlineMs: START_DEADLINE_MS, what: `${name} to be healthy` },
  );
  return { port, url: `http://127.0.0.1:${port}` };
}

/** A mounted file, or a path of a volume. */
function onThisMachine(name: string, argument: string, { directory }: Scratch): string {
  const [flag = '', path = ''] = argument.split('=');
  const service = serviceOf(name);
  const mounted = inRepository(service, path);
  if (mounted !== undefined) return `${flag}=${join(ROOT, mounted)}`;
  const volume = mountsOf(service).find(
    ({ bound, target }) => !bound && (path === target || path.startsWith(`${target}/`)),
  );
  return volume === undefined ? argument : `${flag}=${join(directory, 'volume', path)}`;
}

/** What the image's `wget` asks is asked from here. */
async function isHealthy(name: string, port: number): Promise<boolean> {
  const service = serviceOf(name);
  const [, program, ...args] = service.healthcheck?.test ?? [];
  if (program !== 'wget') throw new Error(`${name} is asked by ${program}`);
  const inside = `127.0.0.1:${String(publishedPorts(service)[0])}`;
  const url = (args.at(-1) ?? '').replace(inside, `127.0.0.1:${port}`);
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function dataOf(url: string): Promise<unknown> {
  const { data } = (await (await fetch(url)).json()) as { data: unknown };
  return data;
}

/** Prometheus takes up what its file names some seconds after its start. */
async function discovered(
  url: string,
  key: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return waitFor(
    async () => {
      const data = (await dataOf(url)) as Record<string, readonly Record<string, unknown>[]>;
      return data[key]?.length === 0 ? undefined : data[key];
    },
    { deadlineMs: START_DEADLINE_MS, what: `${key} of Prometheus` },
  );
}

describe('Prometheus', () => {
  it('finds no fault with its files', async () => {
    const config = inRepository(serviceOf('prometheus'), '/etc/prometheus/prometheus.yml') ?? '';

    const { stdout, stderr } = await run('promtool', ['check', 'config', config], { cwd: ROOT });

    expect(stdout + stderr).toContain('4 rules found');
  });

  it('starts with the command, loads the four alerts and knows whom to ask and tell', async () => {
    const { url } = await startAsComposed('prometheus', 'prometheus');

    expect(await dataOf(`${url}/api/v1/rules`)).toMatchObject({
      groups: [
        {
          name: 'fairlead',
          rules: [
            { name: 'Deployment Failure' },
            { name: 'Long-Running Deployment' },
            { name: 'Failed Rollback' },
            { name: 'Canary Deployment Issue' },
          ],
        },
      ],
    });
    const [targets, alertmanagers] = await Promise.all([
      discovered(`${url}/api/v1/targets`, 'activeTargets'),
      discovered(`${url}/api/v1/alertmanagers`, 'activeAlertmanagers'),
    ]);
    expect(targets.map(({ scrapeUrl }) => scrapeUrl)).toEqual(
      expect.arrayContaining(['http://pushgateway:9091/metrics', 'http://temporal:8000/metrics']),
    );
    expect(alertmanagers).toEqual([{ url: 'http://alertmanager:9093/api/v2/alerts' }]);
  });
});

describe('Alertmanager', () => {
  it.each([
    ['nobody of an alert in general', ['severity=critical'], 'nobody'],
    ['who is to be woken of one that pages', ['severity=critical', 'page=true'], 'page'],
  ])('finds no fault with its file, and tells %s', async (_, labels, receiver) => {
    const config = inRepository(serviceOf('alertmanager'), '/etc/alertmanager/alertmanager.yml');
    const file = join(ROOT, config ?? '');

    await run('amtool', ['check-config', file]);
    const { stdout } = await run('amtool', [
      ...['config', 'routes', 'test', '--config.file', file],
      ...labels,
    ]);

    expect(stdout.trim()).toBe(receiver);
  });

  it('starts with the command', async () => {
    const { url } = await startAsComposed('alertmanager', 'prometheus-alertmanager');

    const status = (await (await fetch(`${url}/api/v2/status`)).json()) as {
      cluster: { status: string };
    };
    expect(status.cluster.status).toBe('disabled');
  });
});

describe('Pushgateway', () => {
  it('starts with the command and keeps what was pushed', async () => {
    const { url } = await startAsComposed('pushgateway', 'prometheus-pushgateway');

    const pushed = await fetch(`${url}/metrics/job/fairlead`, { method: 'PUT', body: 'up_to 1\n' });

    expect(pushed.ok).toBe(true);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('up_to{');
  });
});

describe('Temporal', () => {
  it('gets its namespace, also when that is there already', async () => {
    const server = await startTemporal({ namespace: 'default' });
    closing.push(() => server.stop());
    const { entrypoint = [], environment = {} } = serviceOf('temporal-namespace');
    const [shell = '', script = ''] = entrypoint;
    const path = inRepository(serviceOf('temporal-namespace'), script) ?? '';
    const env = {
      ...environment,
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: 'shop',
      PATH: `${dirname(await temporalPath())}:${process.env['PATH'] ?? ''}`,
    };

    await run(shell, [join(ROOT, path)], { env });
    await run(shell, [join(ROOT, path)], { env });

    const { stdout } = await run(
      'temporal',
      ['operator', 'namespace', 'describe', '--namespace', 'shop', '--output', 'json'],
      { env },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      namespaceInfo: { name: 'shop' },
      config: { workflowExecutionRetentionTtl: '2592000s' },
    });
  });
});
