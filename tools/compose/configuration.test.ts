import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadCallerConfig, loadFullConfig, resolvePlanWithOrigins } from '@fairlead/config';
import { openPorts, readEnvSample, readText, ROOT } from './compose-file.ts';

const CONFIG = 'deploy/compose/fairlead/fairlead.yaml';
const INPUTS = { files: [join(ROOT, CONFIG)], cwd: ROOT };
const SAMPLE = readEnvSample('deploy/compose/fairlead.env.sample');

function load(env: Readonly<Record<string, string>>) {
  return loadFullConfig({ ...INPUTS, env });
}

describe('fairlead.yaml', () => {
  it('needs the variables of the sample and no others', () => {
    const text = readText(CONFIG).replaceAll(/^ *#.*$/gm, '');
    const used = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);

    expect([...new Set(used)].sort()).toEqual([...SAMPLE.keys()].sort());
  });

  it('holds without any variable: nothing but what the compose file brings is on', () => {
    const { values } = load({});

    expect(values.notification?.slack).toBeUndefined();
    expect(values.monitoring_systems?.datadog).toBeUndefined();
    expect(values.monitoring_systems?.prometheus).toBeDefined();
  });

  it('holds with everything switched on', () => {
    const env = [...SAMPLE].map(([name, value]) => [
      name,
      value === 'false' ? 'true' : valueFor(name),
    ]);

    const { values, warnings } = load(Object.fromEntries(env) as Record<string, string>);

    expect(values.notification).toMatchObject({ slack: {}, pagerduty: {} });
    expect(values.monitoring_systems).toMatchObject({ datadog: {}, prometheus: {} });
    expect(warnings).toEqual([]);
  });

  it.each(['pushgateway_url', 'prometheus_url', 'alertmanager_url'] as const)(
    'names in %s a service and a port that it has open',
    (key) => {
      const { hostname, port } = new URL(
        load({}).values.monitoring_systems?.prometheus?.[key] ?? '',
      );

      expect(openPorts(hostname)).toContain(Number(port));
    },
  );

  it.each(['staging', 'production'])('is a plan for %s of the simulated cluster', (environment) => {
    const features = { monitoring: true, notifications: true, remediation: true };

    const { plan } = resolvePlanWithOrigins({
      config: loadCallerConfig({ ...INPUTS, env: {} }),
      flags: { environment, features },
    });

    expect(plan).toMatchObject({ cluster: 'default', namespace: environment });
  });
});

describe('the sample of secrets', () => {
  it.each(['fairlead', 'grafana'])('%s holds none', (name) => {
    const values = [...readEnvSample(`deploy/compose/${name}.env.sample`).values()];

    for (const value of values) expect(['', 'false']).toContain(value);
  });
});

function valueFor(name: string): string {
  if (name.endsWith('_URL')) return 'https://hooks.slack.com/services/T0/B0/x';
  return '0123456789abcdef0123456789abcdef';
}
