import { describe, expect, it } from '@jest/globals';
import { loadText, problemsOf } from '../in-memory-files.ts';

function messages(text: string): string[] {
  return problemsOf(text).map(({ path, message }) => `${path}: ${message}`);
}

describe('monitoring systems', () => {
  it('take their extensions', () => {
    const { values } = loadText(
      'monitoring_systems:\n  datadog: { api_key: a, app_key: b, site: datadoghq.eu, api_url: "http://127.0.0.1:1", dora: true, provision: true }\n  prometheus: { pushgateway_url: "http://p", pushgateway_username: u, pushgateway_password: p, provision: true }\n',
    );

    expect(values.monitoring_systems).toMatchObject({
      datadog: { site: 'datadoghq.eu', dora: true, provision: true },
      prometheus: { provision: true },
    });
  });

  it.each([
    ['grafana_url: "http://g"', 'grafana_url needs grafana_api_key beside it'],
    ['pushgateway_password: p', 'pushgateway_password needs pushgateway_username beside it'],
    ['alertmanager_members: ["http://a"]', 'alertmanager_members needs alertmanager_url beside it'],
  ])('refuse one half of a pair: %s', (keys, expected) => {
    expect(messages(`monitoring_systems: { prometheus: { ${keys} } }\n`).join()).toContain(
      expected,
    );
  });
});

describe('what alerts say', () => {
  const systems = (yaml: string): string => `monitoring_systems: { ${yaml} }\n`;
  const datadog = (notify: string): string =>
    systems(`datadog: { api_key: a, app_key: b, notify: ${notify} }`);

  it('takes a runbook, members of Alertmanager and handles', () => {
    const text = `monitoring_systems:
  runbook_url: https://wiki.example.com/fairlead
  datadog: { api_key: a, app_key: b, notify: ["@slack-ops", "@kim@example.com"] }
  prometheus: { alertmanager_url: "http://a-1", alertmanager_members: ["http://a-2"] }
`;

    expect(loadText(text).values.monitoring_systems).toMatchObject({
      runbook_url: 'https://wiki.example.com/fairlead',
      datadog: { notify: ['@slack-ops', '@kim@example.com'] },
      prometheus: { alertmanager_members: ['http://a-2'] },
    });
  });

  it.each([
    ['a runbook that is no URL', systems('runbook_url: wiki/fairlead'), 'runbook_url: "wiki/'],
    ['a password', systems('runbook_url: "https://me:pw@wiki"'), 'leave user and password out'],
    ['a handle without @', datadog('[slack-ops]'), 'notify[0]: "slack-ops" is not a handle'],
    ['a handle with a space', datadog('["@slack ops"]'), 'is not a handle that begins with @'],
    ['no handle at all', datadog('[]'), 'notify: 0 elements; expected at least 1'],
    ['21 handles', datadog(`[${'"@a", '.repeat(20)}"@a"]`), 'expected at most 20'],
  ])('refuses %s', (_, text, expected) => {
    expect(messages(text).join('\n')).toContain(expected);
  });
});
