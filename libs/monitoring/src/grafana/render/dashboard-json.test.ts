import { describe, expect, it } from '@jest/globals';
import { readGrafanaContract } from '@fairlead/testing/vendors';
import type { Panel } from '../../dashboards/dashboard.ts';
import { aDashboard, aPanel } from '../fixtures.ts';
import { isObject, listOf } from '../json.ts';
import { toDashboardJson } from './dashboard-json.ts';

const PROMETHEUS = { type: 'prometheus', uid: '${datasource}' };

const contract = readGrafanaContract();

async function panelOf(over: Partial<Panel>) {
  const json = await toDashboardJson(aDashboard({ panels: [aPanel(over)] }));
  return listOf(json.panels)[0];
}

describe('a dashboard', () => {
  it('is what the schema of Grafana takes, with a panel of every kind', async () => {
    const json = await toDashboardJson(aDashboard());

    expect(contract.errors('Dashboard', json)).toBeUndefined();
    expect(json).toMatchObject({
      uid: 'deployment-metrics',
      title: 'Deployment Metrics',
      tags: ['fairlead'],
    });
    expect(listOf(json.panels).map(({ type }) => type)).toEqual([
      'stat',
      'timeseries',
      'timeseries',
      'bargauge',
      'piechart',
      'table',
      'state-timeline',
      'annolist',
      'alertlist',
    ]);
  });

  it('holds nothing undefined, and the same each time', async () => {
    const json = await toDashboardJson(aDashboard());

    expect(json).toStrictEqual(JSON.parse(JSON.stringify(json)));
    expect(await toDashboardJson(aDashboard())).toStrictEqual(json);
  });

  it('lets the reader choose data source, environment and application', async () => {
    const { templating } = await toDashboardJson(aDashboard());

    const variables = listOf(isObject(templating) ? templating.list : []);
    expect(variables).toMatchObject([
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      {
        name: 'environment',
        type: 'query',
        datasource: PROMETHEUS,
        query: 'label_values(fairlead_deployments_total, environment)',
        includeAll: true,
        allValue: '.*',
        multi: true,
        current: { text: ['All'], value: ['$__all'] },
      },
      {
        name: 'application',
        query: 'label_values(fairlead_deployments_total{environment=~"$environment"}, application)',
        includeAll: true,
        allValue: '.*',
      },
    ]);
    expect(variables[0]).not.toHaveProperty('current');
  });

  it('begins with the data source that is configured', async () => {
    const { templating } = await toDashboardJson(aDashboard(), 'prom-eu');

    expect(templating).toMatchObject({ list: [{ current: { value: 'prom-eu' } }, {}, {}] });
  });

  it('shows annotations with the tag "deployment"', async () => {
    const { annotations } = await toDashboardJson(aDashboard());

    expect(annotations).toMatchObject({
      list: [
        {
          name: 'Deployments',
          enable: true,
          datasource: { type: 'grafana', uid: '-- Grafana --' },
          target: { type: 'tags', tags: ['deployment'] },
        },
      ],
    });
  });
});

describe('a panel', () => {
  it('has twice the columns of the model', async () => {
    const panel = await panelOf({ place: { x: 9, y: 4, width: 3, height: 5 } });

    expect(panel).toMatchObject({ id: 1, gridPos: { x: 18, y: 4, w: 6, h: 5 } });
  });

  it('asks as the model says: at the end of the range, or along it', async () => {
    const panel = await panelOf({
      prometheus: [
        { expression: 'a', instant: true, legend: '{{environment}}' },
        { expression: 'b', instant: false },
      ],
    });

    expect(panel).toMatchObject({
      datasource: PROMETHEUS,
      targets: [
        {
          refId: 'A',
          expr: 'a',
          instant: true,
          range: false,
          legendFormat: '{{environment}}',
          datasource: PROMETHEUS,
        },
        { refId: 'B', expr: 'b', instant: false, range: true },
      ],
    });
  });

  it.each([
    ['count', 'short'],
    ['ratio', 'percentunit'],
    ['seconds', 's'],
    ['percent', 'percent'],
    ['state', 'none'],
    ['per-day', 'suffix: /day'],
  ] as const)('shows %s in the unit %s', async (unit, expected) => {
    expect(await panelOf({ unit })).toMatchObject({
      fieldConfig: { defaults: { unit: expected } },
    });
  });

  it('shows thresholds, and a word where there is no data', async () => {
    const panel = await panelOf({
      noData: 'no deployments',
      thresholds: [
        { color: 'red' },
        { from: 0.9, color: 'yellow' },
        { from: 0.95, color: 'green' },
      ],
    });

    expect(panel).toMatchObject({
      fieldConfig: {
        defaults: {
          noValue: 'no deployments',
          thresholds: {
            mode: 'absolute',
            steps: [
              { value: null, color: 'red' },
              { value: 0.9, color: 'yellow' },
              { value: 0.95, color: 'green' },
            ],
          },
        },
      },
      options: { colorMode: 'value', reduceOptions: { calcs: ['lastNotNull'] } },
    });
  });

  it('has no colour that says nothing when there are no thresholds', async () => {
    expect(await panelOf({})).toMatchObject({ options: { colorMode: 'none' } });
  });

  it('stacks bars, none shorter than a minute', async () => {
    expect(await panelOf({ kind: 'bars' })).toMatchObject({
      interval: '1m',
      fieldConfig: { defaults: { custom: { drawStyle: 'bars', stacking: { mode: 'normal' } } } },
    });
  });

  it('has the highest value of a table on top, and no time', async () => {
    expect(await panelOf({ kind: 'table' })).toMatchObject({
      targets: [{ format: 'table', instant: true }],
      options: { sortBy: [{ displayName: 'Value', desc: true }] },
      transformations: [
        { id: 'merge' },
        { id: 'organize', options: { excludeByName: { Time: true } } },
      ],
    });
  });

  it('says in words and colours what a state is', async () => {
    expect(await panelOf({ kind: 'states' })).toMatchObject({
      fieldConfig: {
        defaults: {
          mappings: [
            {
              type: 'value',
              options: {
                '0': { text: 'unhealthy', color: 'red' },
                '1': { text: 'healthy', color: 'green' },
              },
            },
          ],
        },
      },
    });
  });

  it('lists our own alerts and no others', async () => {
    expect(await panelOf({ kind: 'alerts', prometheus: [] })).toMatchObject({
      options: { alertInstanceLabelFilter: '{managed_by="fairlead"}', dashboardAlerts: false },
    });
  });

  it('lists deployments of every dashboard', async () => {
    expect(await panelOf({ kind: 'events', prometheus: [] })).toMatchObject({
      options: { tags: ['deployment'], onlyFromThisDashboard: false },
    });
  });
});
