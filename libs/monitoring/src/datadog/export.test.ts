import { describe, expect, it } from '@jest/globals';
import { startMockDatadog } from '../../../testing/src/vendors/datadog.ts';
import { ALERTS } from '../alerts/alerts.ts';
import { DASHBOARDS } from '../dashboards/all.ts';
import { createDatadogClient } from './client.ts';
import { exportDatadog } from './export.ts';
import { aDashboard, aPanel, anAlert, fourAlerts } from './fixtures.ts';
import { toDashboard } from './provisioning/dashboard-body.ts';
import { toMonitor } from './provisioning/monitor-body.ts';

interface MonitorFile {
  readonly query: string;
  readonly options: { readonly thresholds: { readonly critical: number } };
}

const OURS = { dashboards: [aDashboard()], alerts: fourAlerts() };

function fileOf(name: string): Record<string, unknown> {
  return JSON.parse(exportDatadog({}, OURS)[name] ?? '') as Record<string, unknown>;
}

describe('exportDatadog', () => {
  it('writes a file for each dashboard and monitor', () => {
    expect(Object.keys(exportDatadog({}, OURS))).toEqual([
      'dashboard-deployment-metrics.json',
      'monitor-deployment-failure.json',
      'monitor-long-running-deployment.json',
      'monitor-failed-rollback.json',
      'monitor-canary-issue.json',
    ]);
  });

  it('writes what the library sends', async () => {
    const vendor = await startMockDatadog();
    const { apiKey, appKey, url } = vendor;
    const options = { apiKey, appKey, site: 'datadoghq.eu', apiUrl: url, dora: false };
    const client = createDatadogClient(options);
    const signal = AbortSignal.timeout(30_000);

    await client.ask(
      ({ dashboards }) => dashboards.createDashboard({ body: toDashboard(aDashboard()) }),
      signal,
    );
    await client.ask(
      ({ monitors }) => monitors.createMonitor({ body: toMonitor(anAlert(), {}) }),
      signal,
    );
    await vendor.stop();

    const sent = vendor.received.map(({ body }) => JSON.parse(body) as unknown);
    expect(sent).toEqual([
      fileOf('dashboard-deployment-metrics.json'),
      fileOf('monitor-deployment-failure.json'),
    ]);
  });

  it('tells who is named, of the end too, and leads to your runbook', () => {
    const named = { notify: ['@slack-ops', '@kim@example.com'], runbookUrl: 'https://wiki.test/r' };
    const file = exportDatadog(named, OURS)['monitor-failed-rollback.json'] ?? '';
    const { message } = JSON.parse(file) as { readonly message: string };

    expect(message).toMatch(/\{\{\/is_recovery\}\}\n@slack-ops @kim@example\.com$/);
    expect(message).toContain('Runbook: https://wiki.test/r#');
  });

  it('puts what the monitor needs into it', () => {
    expect(fileOf('monitor-deployment-failure.json')).toEqual({
      name: 'Deployment Failure',
      type: 'query alert',
      query: anAlert().datadog.query,
      message: [
        '{{#is_alert}}',
        'A deployment of {{application.name}} to {{environment.name}} failed',
        '',
        'See what it says of itself.',
        '',
        'Runbook: docs/runbook.md#deployment-failure',
        '{{/is_alert}}',
        '{{#is_recovery}}',
        'Over: A deployment of {{application.name}} to {{environment.name}} failed',
        '{{/is_recovery}}',
      ].join('\n'),
      tags: ['managed_by:fairlead', 'alert:deployment-failure', 'severity:critical'],
      priority: 1,
      options: {
        thresholds: { critical: 0 },
        on_missing_data: 'resolve',
        require_full_window: false,
        include_tags: true,
        renotify_interval: 60,
      },
    });
  });

  it('draws each kind of panel as a widget of its own', () => {
    const widgets = fileOf('dashboard-deployment-metrics.json')['widgets'] as {
      readonly definition: { readonly type: string };
    }[];

    expect(widgets.map(({ definition }) => definition.type)).toEqual([
      'query_value',
      'timeseries',
      'timeseries',
      'toplist',
      'sunburst',
      'query_table',
      'timeseries',
      'list_stream',
      'manage_status',
    ]);
  });

  it('writes all of ours when nothing else is asked for', () => {
    const files = exportDatadog();

    expect(Object.keys(files)).toEqual([
      ...DASHBOARDS.map(({ uid }) => `dashboard-${uid}.json`),
      ...ALERTS.map(({ id }) => `monitor-${id}.json`),
    ]);
    const monitors = ALERTS.map(
      ({ id }) => JSON.parse(files[`monitor-${id}.json`] ?? '') as MonitorFile,
    );
    for (const { query, options } of monitors) {
      expect(query.split(' ').at(-1)).toBe(String(options.thresholds.critical));
    }
  });

  it('leaves out panels that are for another system only', () => {
    const { datadog: _none, ...panel } = aPanel({ kind: 'ranking' });
    const [file = ''] = Object.values(
      exportDatadog({}, { dashboards: [aDashboard({ panels: [panel] })], alerts: [] }),
    );

    expect(JSON.parse(file)).toMatchObject({ widgets: [] });
  });

  it('shows formulas, units and colours', () => {
    const panel = aPanel({
      unit: 'ratio',
      thresholds: [
        { color: 'red' },
        { from: 0.15, color: 'yellow' },
        { from: 0.95, color: 'green' },
      ],
      datadog: {
        queries: { ok: 'sum:x{a:b}.as_count()', all: 'max:y{*}' },
        formulas: [{ formula: 'ok / all', alias: 'rate' }],
      },
    });
    const [file = ''] = Object.values(
      exportDatadog({}, { dashboards: [aDashboard({ panels: [panel] })], alerts: [] }),
    );

    expect(JSON.parse(file)).toMatchObject({
      layout_type: 'ordered',
      reflow_type: 'fixed',
      template_variables: [
        { name: 'environment', prefix: 'environment', available_values: [], defaults: ['*'] },
        { name: 'application', prefix: 'application', available_values: [], defaults: ['*'] },
      ],
      widgets: [
        {
          layout: { x: 0, y: 0, width: 6, height: 4 },
          definition: {
            type: 'query_value',
            custom_unit: '%',
            requests: [
              {
                queries: [
                  { name: 'ok', data_source: 'metrics', aggregator: 'sum' },
                  { name: 'all', data_source: 'metrics', aggregator: 'last' },
                ],
                formulas: [{ formula: '100 * (ok / all)', alias: 'rate' }],
                conditional_formats: [
                  { comparator: '>=', value: 95, palette: 'white_on_green' },
                  { comparator: '>=', value: 15, palette: 'white_on_yellow' },
                  { comparator: '<', value: 15, palette: 'white_on_red' },
                ],
              },
            ],
          },
        },
      ],
    });
  });
});
