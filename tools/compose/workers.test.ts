import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { startHealthServer } from '../../apps/worker/src/health/health-server.ts';
import { parseOptions } from '../../apps/worker/src/options/parse-options.ts';
import { USAGE } from '../../apps/worker/src/options/usage.ts';
import type { WorkerOptions } from '../../apps/worker/src/options/worker-options.ts';
import { loadSettings } from '../../apps/worker/src/settings/load-settings.ts';
import { inRepository, readEnvSample, readYaml, ROOT, serviceOf } from './compose-file.ts';
import type { Service } from './compose-file.ts';

const run = promisify(execFile);

/** As the process of the container gets them. */
function optionsOf({ command = [], environment = {} }: Service, more = {}): WorkerOptions {
  const [program, ...args] = command;
  expect(program).toBe('fairlead-worker');
  const invocation = parseOptions(args, { ...environment, ...more });
  if (invocation.kind !== 'run') throw new Error(`expected a run, got ${invocation.kind}`);
  return invocation.options;
}

describe('control-worker', () => {
  const service = serviceOf('control-worker');

  it('serves the control role, with health and metrics', () => {
    expect(optionsOf(service)).toMatchObject({
      role: 'control',
      health: { host: '0.0.0.0', port: 8080 },
      metricsAddress: '127.0.0.1:9464',
      uiUrl: 'http://localhost:8233',
    });
  });

  it('reads the configuration with the variables of the sample, and shows its targets', () => {
    const { environment = {} } = service;
    const file = inRepository(service, environment['FAIRLEAD_CONFIG'] ?? '') ?? '';
    const env = {
      ...Object.fromEntries(readEnvSample('deploy/compose/fairlead.env.sample')),
      ...environment,
      FAIRLEAD_CONFIG: join(ROOT, file),
    };

    const settings = loadSettings(optionsOf(service), { env, cwd: ROOT });

    expect(settings.showsProgress).toBe(true);
    expect(settings.systems.map(({ system }) => system)).toEqual([
      'prometheus',
      'pushgateway',
      'alertmanager',
    ]);
    expect(settings.channels).toEqual([{ channel: 'log' }]);
  });
});

describe('cluster-worker', () => {
  const service = serviceOf('cluster-worker');

  it('serves the cluster role on a simulated cluster, which needs no other', () => {
    expect(optionsOf(service)).toMatchObject({
      role: 'cluster',
      cluster: 'default',
      sandbox: '/var/lib/fairlead',
      health: { host: '0.0.0.0', port: 8080 },
      metricsAddress: '0.0.0.0:9464',
    });
  });

  it('takes the kubeconfig in place of the simulated cluster with own-cluster.yaml', () => {
    const { services } = readYaml('deploy/compose/own-cluster.yaml') as {
      services: { 'cluster-worker': Service };
    };
    const { environment = {}, volumes = [] } = services['cluster-worker'];
    const path = environment['FAIRLEAD_KUBECONFIG'] ?? '';

    const options = optionsOf(service, { ...environment, FAIRLEAD_KUBE_CONTEXT: '' });

    expect(options).toMatchObject({ role: 'cluster', kubeconfig: '/etc/fairlead/kubeconfig' });
    expect(options).not.toHaveProperty('sandbox');
    expect(options).not.toHaveProperty('context');
    expect(volumes).toEqual([expect.stringMatching(`^\\$\\{KUBECONFIG:\\?[^}]+\\}:${path}:ro$`)]);
  });
});

describe('every container of the image', () => {
  const all = ['control-worker', 'cluster-worker', 'cli'].map(
    (name) => [name, serviceOf(name)] as const,
  );

  it.each(all)('gives %s no variable that nothing reads', (_, { environment = {} }) => {
    for (const name of Object.keys(environment)) expect(USAGE).toContain(name);
  });

  it.each(all)('sends %s to the server of the same file', (_, { environment = {} }) => {
    expect(environment['TEMPORAL_ADDRESS']).toBe('temporal:7233');
    expect(serviceOf('temporal').ports).toEqual(['127.0.0.1:7233:7233']);
  });

  it('starts the command line by its own name', () => {
    const { bin } = readYaml('apps/cli/package.json') as { bin: Record<string, string> };

    expect(Object.keys(bin)).toEqual(serviceOf('cli').entrypoint);
  });
});

describe('the question for a worker’s health', () => {
  const [mode, ...command] = serviceOf('control-worker').healthcheck?.test ?? [];

  it.each([
    [true, 0],
    [false, 1],
  ])('ends well when Temporal answers is %s: %d', async (temporalAnswers, exitCode) => {
    const server = await startHealthServer(
      { host: '127.0.0.1', port: 0 },
      {
        states: () => [{ taskQueue: 'q', state: 'RUNNING' }],
        temporalAnswers: () => Promise.resolve(temporalAnswers),
        metrics: () => undefined,
      },
    );
    const [program, ...args] = command.map((word) => word.replace(':8080/', `:${server.port}/`));

    const asked = run(program === 'node' ? process.execPath : '', args);
    const code = await asked.then(
      () => 0,
      (error: unknown) => (error as { code: number }).code,
    );
    await server.close();

    expect(mode).toBe('CMD');
    expect(code).toBe(exitCode);
  });
});
