import { expect, it } from '@jest/globals';
import { readGrafanaContract } from '@fairlead/testing/vendors';
import { anAlert } from '../fixtures.ts';
import { toAlertRule } from './alert-rule.ts';

const PLACE = { datasource: 'prom', orgId: 7 };

it('is a query, its last value and a threshold, in the form that the API takes', () => {
  const rule = toAlertRule(anAlert(), PLACE);

  expect(readGrafanaContract().errors('ProvisionedAlertRule', rule)).toBeUndefined();
  expect(rule).toMatchObject({
    uid: 'fairlead-deployment-failure',
    title: 'Deployment Failure',
    folderUID: 'fairlead',
    orgID: 7,
    condition: 'C',
    noDataState: 'OK',
    for: '0s',
    data: [
      {
        refId: 'A',
        datasourceUid: 'prom',
        relativeTimeRange: { from: 600, to: 0 },
        model: { instant: true },
      },
      { refId: 'B', datasourceUid: '__expr__', model: { type: 'reduce', expression: 'A' } },
      {
        refId: 'C',
        datasourceUid: '__expr__',
        model: {
          type: 'threshold',
          expression: 'B',
          conditions: [{ evaluator: { type: 'gt', params: [0] } }],
        },
      },
    ],
  });
});

it('stands for each series of the expression, also where its value is 0', () => {
  const expression = 'min by (environment, application) (fairlead_canary_healthy) == 0';
  const alert = anAlert({ labels: ['environment', 'application'], prometheus: { expression } });

  const [query] = toAlertRule(alert, PLACE).data;

  expect(query?.model).toMatchObject({
    expr: `count by (environment, application) (${expression})`,
  });
});

it('writes labels in the words of Grafana, and links where they are known', () => {
  const links = { url: 'https://g.example', runbookUrl: 'https://example.com/runbook' };

  const { annotations, labels } = toAlertRule(anAlert(), { ...PLACE, ...links });

  expect(annotations).toEqual({
    summary: 'Deployment of {{ $labels.application }} in {{ $labels.environment }} failed',
    description: 'Look at {{ $labels.application }} first.',
    runbook_url: 'https://example.com/runbook#a-deployment-failed',
    dashboard_url: 'https://g.example/d/deployment-alerts',
  });
  expect(labels).toEqual({ severity: 'critical', managed_by: 'fairlead' });
  expect(Object.keys(toAlertRule(anAlert(), PLACE).annotations)).toEqual([
    'summary',
    'description',
  ]);
});
