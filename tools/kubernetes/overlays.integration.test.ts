import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { parseDuration } from '@fairlead/config';
import { startHealthServer } from '../../apps/worker/src/health/health-server.ts';
import { parseOptions } from '../../apps/worker/src/options/parse-options.ts';
import { USAGE } from '../../apps/worker/src/options/usage.ts';
import { loadSettings } from '../../apps/worker/src/settings/load-settings.ts';
import type { WorkerSettings } from '../../apps/worker/src/settings/worker-settings.ts';
import { planWorkers } from '../../apps/worker/src/workers/plan-workers.ts';
import { createScratch } from '../../libs/testing/src/servers/scratch.ts';
import type { Scratch } from '../../libs/testing/src/servers/scratch.ts';
import { MANAGED_NAMESPACE, only, OVERLAYS, render } from './overlays.ts';
import type { Manifest, Overlay, Rendered } from './overlays.ts';

let rendered: Record<Overlay, Rendered>;
let scratch: Scratch;

beforeAll(async () => {
  scratch = await createScratch('kustomize');
  const [allInOne, clusterOnly] = await Promise.all(OVERLAYS.map(render));
  rendered = { 'all-in-one': allInOne!, 'cluster-only': clusterOnly! };
});

afterAll(() => scratch.remove());

/** As the process of the pod gets them. */
function optionsOf(overlay: Overlay) {
  const invocation = parseOptions([], rendered[overlay].env);
  if (invocation.kind !== 'run') throw new Error(`expected a run, got ${invocation.kind}`);
  return invocation.options;
}

it('serves both roles, all in one', () => {
  expect(optionsOf('all-in-one')).toMatchObject({ role: 'both', cluster: 'default' });
});

it('serves a cluster alone, and needs no configuration for it', () => {
  expect(optionsOf('cluster-only')).toMatchObject({ role: 'cluster', cluster: 'eu' });
  expect(rendered['cluster-only'].env).not.toHaveProperty('FAIRLEAD_CONFIG');
});

it('mounts a configuration that needs no secret: every channel is off', () => {
  const settings = settingsOf((text) => text);

  expect(settings.channels).toEqual([{ channel: 'log' }]);
  expect(settings.showsProgress).toBe(true);
});

it('mounts a configuration that holds with everything switched on', () => {
  const key = '0123456789abcdef0123456789abcdef';

  const settings = settingsOf((text) => text.replaceAll('enabled: false', 'enabled: true'), {
    ...{ DATADOG_API_KEY: key, DATADOG_APP_KEY: key, PAGERDUTY_ROUTING_KEY: key },
    SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/x',
  });

  expect(settings.channels.map(({ channel }) => channel)).toEqual(['log', 'slack', 'pagerduty']);
  expect(settings.systems.map(({ system }) => system)).toContain('datadog');
  expect(settings.warnings).toEqual([]);
});

function settingsOf(
  edit: (text: string) => string,
  secrets: Readonly<Record<string, string>> = {},
): WorkerSettings {
  const { env, fileAt } = rendered['all-in-one'];
  const copy = join(scratch.directory, 'fairlead.yaml');
  writeFileSync(copy, edit(fileAt(env['FAIRLEAD_CONFIG'] ?? '') ?? ''));
  return loadSettings(optionsOf('all-in-one'), {
    env: { ...env, ...secrets, FAIRLEAD_CONFIG: copy },
    cwd: scratch.directory,
  });
}

it('mends what its last block names, once the marks are off it', () => {
  const places = (text: string) => settingsOf(() => text).watched;
  const shipped = settingsOf((text) => text);
  const { env, fileAt } = rendered['all-in-one'];
  const text = fileAt(env['FAIRLEAD_CONFIG'] ?? '') ?? '';

  expect(shipped.watched).toEqual([]);
  expect(places(text.replaceAll(/^#(?! \S)/gm, ''))).toMatchObject([
    { namespace: 'shop-staging', workload: 'api' },
  ]);
});

it('has a Service to where alerts are taken, once a receiver is configured', () => {
  const { alerts } = settingsOf(
    (text) =>
      `${text}\nremediation: { receiver: { listen: "0.0.0.0:9095", bearer_token: "\${T}" } }`,
    { T: 's3cret' },
  );
  const { manifests, pod } = rendered['all-in-one'];
  const { spec } = only(manifests, 'Service') as Manifest & {
    readonly spec: { readonly ports: readonly object[] };
  };

  expect(alerts?.port).toBe(9095);
  expect(spec.ports).toEqual([{ name: 'alerts', port: 9095, targetPort: 'alerts' }]);
  expect(pod.containers[0].ports).toContainEqual({ name: 'alerts', containerPort: alerts?.port });
});

describe.each(OVERLAYS)('%s', (overlay) => {
  it('gives the worker no variable that nothing reads', () => {
    for (const name of Object.keys(rendered[overlay].env)) expect(USAGE).toContain(name);
  });

  it('holds no Secret', () => {
    expect(rendered[overlay].manifests.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it.each(['livenessProbe', 'readinessProbe'] as const)(
    'asks in %s what the health endpoint answers',
    async (name) => {
      const [container] = rendered[overlay].pod.containers;
      const { path, port } = container[name].httpGet;
      const server = await startHealthServer(
        { host: '127.0.0.1', port: 0 },
        {
          states: () => [{ taskQueue: 'q', state: 'RUNNING' }],
          temporalAnswers: () => Promise.resolve(true),
          metrics: () => undefined,
        },
      );

      const { status } = await fetch(`http://127.0.0.1:${server.port}${path}`);
      await server.close();

      expect(status).toBe(200);
      expect(container.ports).toContainEqual({
        name: port,
        containerPort: optionsOf(overlay).health?.port,
      });
      expect(optionsOf(overlay).health?.host).toBe('0.0.0.0');
    },
  );

  it('gives the pod longer than a worker needs to end', () => {
    const parts = { role: 'cluster', cluster: 'eu', identity: 'a', versioning: undefined } as const;
    const [planned] = planWorkers({ ...parts, clusterActivities: {} as never });
    const forcedMs = parseDuration(String(planned?.shutdownForceTime)) ?? Infinity;

    expect(rendered[overlay].pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(forcedMs);
  });

  it('lets nothing in but what asks for health or brings alerts, and lets the worker out to Temporal', () => {
    const policies = rendered[overlay].manifests
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map((manifest) => (manifest as unknown as { spec: NetworkPolicySpec }).spec);
    const egress = policies.flatMap(({ egress: rules = [] }) =>
      rules.flatMap(({ ports }) => ports),
    );
    const [, port] = rendered[overlay].env['TEMPORAL_ADDRESS']?.split(':') ?? [];

    // A worker of role `cluster` takes no alerts.
    const ways = { 'all-in-one': ['health', 'alerts'], 'cluster-only': ['health'] };
    expect(policies.flatMap(({ ingress = [] }) => ingress)).toEqual(
      ways[overlay].map((name) => ({ ports: [{ port: name }] })),
    );
    expect(egress).toEqual(
      expect.arrayContaining([
        { port: Number(port) },
        { port: 443 },
        { port: 53, protocol: 'UDP' },
      ]),
    );
  });

  it('is all in one namespace, whose service account the binding names', () => {
    const { manifests, pod } = rendered[overlay];
    const namespace = only(manifests, 'Namespace').metadata.name;
    const { subjects } = readBinding();
    const own = only(manifests, 'RoleBinding') as Manifest & ReturnType<typeof readBinding>;
    const places = manifests
      .filter(({ kind }) => kind !== 'Namespace' && kind !== 'ClusterRole')
      .map(({ metadata }) => metadata.namespace);

    expect(new Set(places)).toEqual(new Set([namespace]));
    expect(only(manifests, 'ServiceAccount').metadata.name).toBe(pod.serviceAccountName);
    expect(subjects).toEqual([{ kind: 'ServiceAccount', name: pod.serviceAccountName, namespace }]);
    expect(own.subjects).toEqual(subjects);
  });
});

function readBinding(): { readonly subjects: readonly object[] } {
  const text = readFileSync(join(MANAGED_NAMESPACE, 'role-binding.yaml'), 'utf8');
  return parse(text) as { readonly subjects: readonly object[] };
}

interface NetworkPolicySpec {
  readonly ingress?: readonly object[];
  readonly egress?: readonly { readonly ports: readonly object[] }[];
}
