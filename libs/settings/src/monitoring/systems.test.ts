import { describe, expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { provisionedAtStart, showsProgress, systemSettings } from './systems.ts';

const HEAD = 'monitoring_systems:\n';
const DATADOG = '  datadog: { api_key: k, app_key: a, site: datadoghq.eu, dora: true }\n';

function valuesOf(text: string) {
  return loadFullConfig({
    files: ['fairlead.yaml'],
    env: {},
    cwd: '/project',
    readFile: () => new TextEncoder().encode(text),
  }).values;
}

function systemsOf(prometheus: string, more = '') {
  return systemSettings(valuesOf(`${HEAD}  prometheus: { ${prometheus} }\n${more}`));
}

describe('monitoring systems', () => {
  it('are none where nothing is configured, or all is off', () => {
    for (const text of ['application: shop\n', `${HEAD}  datadog: { enabled: false }\n`]) {
      expect(systemSettings(valuesOf(text))).toEqual([]);
      expect(showsProgress(valuesOf(text))).toBe(false);
    }
  });

  it('have Datadog with its keys, site and DORA', () => {
    expect(systemSettings(valuesOf(HEAD + DATADOG))).toEqual([
      { system: 'datadog', apiKey: 'k', appKey: 'a', site: 'datadoghq.eu', dora: true },
    ]);
  });

  it('have Datadog name who is told by its monitors', () => {
    const datadog = DATADOG.replace('dora: true', 'notify: ["@slack-ops"]');

    expect(systemSettings(valuesOf(HEAD + datadog))).toMatchObject([{ notify: ['@slack-ops'] }]);
  });

  it('lead from every alert to your runbook, and from what Alertmanager is told to the dashboard', () => {
    const grafana = 'grafana_url: "http://graf", grafana_api_key: g';
    const text = `${HEAD}  runbook_url: https://wiki.test/r\n${DATADOG}  prometheus: { alertmanager_url: "http://alert", ${grafana} }\n`;

    const systems = systemSettings(valuesOf(text));

    const links = { runbookUrl: 'https://wiki.test/r' };
    expect(systems).toMatchObject([
      { system: 'datadog', ...links },
      { system: 'alertmanager', ...links, grafanaUrl: 'http://graf' },
      { system: 'grafana', ...links },
    ]);
  });

  it('tell every member of an Alertmanager cluster', () => {
    const members = 'alertmanager_members: ["http://alert-2", "http://alert-3"]';

    expect(systemsOf(`alertmanager_url: "http://alert", ${members}`)).toMatchObject([
      { urls: ['http://alert', 'http://alert-2', 'http://alert-3'] },
    ]);
  });

  it('show progress on a worker that is only scraped', () => {
    const values = valuesOf(`${HEAD}  prometheus: {}\n`);

    expect(systemSettings(values)).toEqual([]);
    expect(showsProgress(values)).toBe(true);
  });

  it('have each of Prometheus where its URL is given, with its own account', () => {
    const systems = systemsOf(
      'pushgateway_url: "http://push", pushgateway_username: u, pushgateway_password: p, prometheus_url: "http://prom"',
    );

    expect(systems).toEqual([
      { system: 'prometheus', url: 'http://prom' },
      { system: 'pushgateway', url: 'http://push', username: 'u', password: 'p' },
    ]);
  });

  it.each([
    ['', false],
    ['notification: { page_owner: alertmanager }\n', true],
  ])('have Alertmanager page only where it owns the page: %j', (more, page) => {
    expect(systemsOf('alertmanager_url: "http://alert"', more)).toMatchObject([
      { system: 'alertmanager', urls: ['http://alert'], page, silence: false },
    ]);
  });

  it.each([
    ['grafana_url: "http://g", grafana_api_key: t', true],
    ['grafana_url: "http://g", grafana_api_key: t, alertmanager_url: "http://alert"', false],
  ])('have Grafana keep the rules only where no Alertmanager is: %s', (prometheus, alerts) => {
    const grafana = systemsOf(prometheus).find(({ system }) => system === 'grafana');

    expect(grafana).toEqual({ system: 'grafana', url: 'http://g', apiKey: 't', alerts });
  });

  it('are provisioned at the start only where that is asked for', () => {
    const asked = `${HEAD}  datadog: { api_key: k, app_key: a, provision: true }\n  prometheus: { grafana_url: "http://g", grafana_api_key: t, provision: true }\n`;

    expect(provisionedAtStart(valuesOf(asked))).toEqual(['datadog', 'grafana']);
    expect(provisionedAtStart(valuesOf(HEAD + DATADOG))).toEqual([]);
  });
});
