import { describe, expect, it } from '@jest/globals';
import { readGrafanaContract } from '@fairlead/testing/vendors';
import { parse } from 'yaml';
import { exportGrafana } from './export.ts';
import { anAlert, someContent } from './fixtures.ts';
import { listOf } from './json.ts';
import { toFileRule } from './provisioning-files.ts';
import { toAlertRule } from './render/alert-rule.ts';

const contract = readGrafanaContract();

async function exported(file: string, options: Parameters<typeof exportGrafana>[0] = {}) {
  const files = await exportGrafana(options, someContent());
  const text = files[file];
  if (text === undefined) throw new Error(`no ${file}`);
  return parse(text) as unknown;
}

describe('the exported files', () => {
  it('"Grafana\'s files come in two forms: for the API as they are, for file provisioning", the same each time', async () => {
    const files = await exportGrafana({}, someContent());

    expect(Object.keys(files)).toEqual([
      'dashboard-deployment-metrics.json',
      'dashboard-deployment-alerts.json',
      'alert-rules.json',
      'provisioning/dashboards/fairlead.yaml',
      'provisioning/dashboards/fairlead/dashboard-deployment-metrics.json',
      'provisioning/dashboards/fairlead/dashboard-deployment-alerts.json',
      'provisioning/alerting/fairlead.yaml',
    ]);
    expect(await exportGrafana({}, someContent())).toEqual(files);
    expect(Object.values(files).every((text) => text.endsWith('\n'))).toBe(true);
  });

  it('hold dashboards that the schema takes, with "$" as it is in both forms', async () => {
    const plain = await exported('dashboard-deployment-metrics.json');
    const file = 'provisioning/dashboards/fairlead/dashboard-deployment-metrics.json';

    expect(contract.errors('Dashboard', plain)).toBeUndefined();
    expect(JSON.stringify(plain)).toContain('"$environment\\"');
    expect(await exported(file)).toEqual(plain);
  });

  it('hold rules that the API takes one by one', async () => {
    const rules = await exported('alert-rules.json');

    expect(listOf(rules).map(({ uid }) => uid)).toEqual([
      'fairlead-deployment-failure',
      'fairlead-long-running-deployment',
      'fairlead-failed-rollback',
      'fairlead-canary-deployment-issue',
    ]);
    for (const rule of listOf(rules)) {
      expect(contract.errors('ProvisionedAlertRule', rule)).toBeUndefined();
    }
  });

  it.each([
    [{}, 'fairlead-prometheus'],
    [{ datasource: 'prom-eu' }, 'prom-eu'],
  ])('"rules take `--datasource UID` (default: the compose file\'s)": %j', async (options, uid) => {
    const asked = { data: [{ datasourceUid: uid }, {}, {}] };

    expect(listOf(await exported('alert-rules.json', options))[0]).toMatchObject(asked);
    expect(await exported('provisioning/alerting/fairlead.yaml', options)).toMatchObject({
      groups: [{ rules: [asked, asked, asked, asked] }],
    });
  });

  it('put rules and dashboards into one folder, whichever Grafana reads first', async () => {
    expect(await exported('provisioning/alerting/fairlead.yaml')).toMatchObject({
      apiVersion: 1,
      groups: [{ orgId: 1, name: 'fairlead', folder: 'Fairlead', interval: '1m' }],
    });
    const provider = await exported('provisioning/dashboards/fairlead.yaml');
    expect(provider).toMatchObject({
      apiVersion: 1,
      providers: [
        {
          folder: 'Fairlead',
          type: 'file',
          options: { path: '/etc/grafana/provisioning/dashboards/fairlead' },
        },
      ],
    });
    expect(JSON.stringify(provider)).not.toContain('folderUid');
  });
});

describe('a rule in a file', () => {
  it('"with `$` doubled where Grafana interpolates", and nowhere else', () => {
    const place = { datasource: 'uid-$x', orgId: 1 };
    const rule = toAlertRule(
      anAlert({ title: 'Costs $5', prometheus: { expression: 'up{job=~"a$"}' } }),
      place,
    );

    expect(toFileRule({ ...rule, labels: { team: '$ops' } })).toMatchObject({
      title: 'Costs $$5',
      labels: { team: '$$ops' },
      annotations: {
        summary: 'Deployment of {{ $labels.application }} in {{ $labels.environment }} failed',
      },
      data: [
        { datasourceUid: 'uid-$$x', model: { expr: expect.stringMatching(/up\{job=~"a\$"\}/) } },
        {},
        {},
      ],
    });
  });

  it('has the names of the file, which are not those of the API', () => {
    const rule = toAlertRule(anAlert({ prometheus: { expression: 'x', keepFiringFor: '5m' } }), {
      datasource: 'p',
      orgId: 1,
    });

    expect(toFileRule(rule)).toMatchObject({ keepFiringFor: '5m', for: '0s', isPaused: false });
    expect(toFileRule(rule)).not.toHaveProperty('folderUID');
    expect(rule).toMatchObject({ keep_firing_for: '5m' });
  });
});
