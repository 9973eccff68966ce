import { describe, expect, it } from '@jest/globals';
import { exportFiles } from '@fairlead/monitoring';
import { openPorts, readYaml, serviceOf } from './compose-file.ts';

interface ScrapeConfig {
  readonly job_name: string;
  readonly honor_labels?: boolean;
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly port: number }[];
}

describe('prometheus.yml', () => {
  const { scrape_configs: jobs, alerting } = readYaml(
    'deploy/compose/prometheus/prometheus.yml',
  ) as {
    scrape_configs: readonly ScrapeConfig[];
    alerting: { alertmanagers: readonly [ScrapeConfig] };
  };

  it.each([...jobs, { ...alerting.alertmanagers[0], job_name: 'alerting' }])(
    'finds in $job_name services, and ports that they have open',
    ({ static_configs = [], dns_sd_configs = [] }) => {
      const targets = [
        ...static_configs.flatMap(({ targets: listed }) => listed),
        ...dns_sd_configs.flatMap(({ names, port }) => names.map((name) => `${name}:${port}`)),
      ];

      expect(targets.length).toBeGreaterThan(0);
      for (const target of targets) {
        const [host = '', port] = target.replace('localhost', 'prometheus').split(':');
        expect([target, openPorts(host)]).toEqual([target, expect.arrayContaining([Number(port)])]);
      }
    },
  );

  it('asks the control worker where it serves the targets, and the cluster worker where the SDK does', () => {
    const ports = jobs.flatMap(({ job_name, dns_sd_configs = [] }) =>
      dns_sd_configs.map(({ port }) => [job_name, port]),
    );

    expect(ports).toEqual([
      [
        'fairlead-control-worker',
        Number(serviceOf('control-worker').environment?.['FAIRLEAD_HEALTH_PORT']),
      ],
      ['fairlead-cluster-worker', 9464],
    ]);
  });

  it('leaves labels as they were pushed, and only those', () => {
    const honoured = jobs.filter(({ honor_labels }) => honor_labels === true);

    expect(honoured.map(({ job_name }) => job_name)).toEqual(['pushgateway']);
  });
});

describe('Grafana’s data sources', () => {
  const { datasources } = readYaml(
    'deploy/compose/grafana/provisioning/datasources/fairlead.yaml',
  ) as { datasources: readonly { uid: string; type: string; url: string }[] };

  it('have the UID that exported rules ask by default', async () => {
    const rules = (await exportFiles('grafana', { page: false }))['alert-rules.json'];

    expect(datasources.map(({ uid }) => uid)).toContain('fairlead-prometheus');
    expect(rules).toContain('"datasourceUid": "fairlead-prometheus"');
  });

  it.each(datasources)('name for $uid a service and a port that it has open', ({ type, url }) => {
    const { hostname, port } = new URL(url);

    expect(hostname).toBe(type);
    expect(openPorts(hostname)).toContain(Number(port));
  });
});
