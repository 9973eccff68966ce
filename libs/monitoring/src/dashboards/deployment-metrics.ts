import type { Dashboard } from './dashboard.ts';
import { CHOSEN, OUTCOME_COLORS } from './panels.ts';
import { grown, present } from './promql.ts';

const TOTAL = 'fairlead_deployments_total';
const DURATION = 'fairlead_deployment_duration_seconds_bucket';
const DEPLOYMENTS = `sum:fairlead.deployments{${CHOSEN}}`;

/** How deployments went: the five panels of the specification, and what runs now. */
export const DEPLOYMENT_METRICS: Dashboard = {
  uid: 'deployment-metrics',
  title: 'Deployment Metrics',
  description: 'How many deployments went well, how long they took, where and of which type.',
  panels: [
    {
      id: 'success-rate',
      title: 'Success rate',
      description: 'Deployments that succeeded, of all that ended in the time shown.',
      kind: 'stat',
      unit: 'ratio',
      place: { x: 0, y: 0, width: 3, height: 6 },
      thresholds: [
        { color: 'red' },
        { from: 0.9, color: 'yellow' },
        { from: 0.95, color: 'green' },
      ],
      noData: 'no deployments',
      prometheus: [
        {
          expression: `sum(${grown(TOTAL, '$__range', 'outcome="succeeded"')}) / (sum(${grown(TOTAL, '$__range')}) > 0)`,
          instant: true,
        },
      ],
      datadog: {
        queries: {
          ok: `sum:fairlead.deployments{outcome:succeeded,${CHOSEN}}.as_count()`,
          all: `${DEPLOYMENTS}.as_count()`,
        },
        formulas: [{ formula: 'ok / all', alias: 'success rate' }],
      },
    },
    {
      id: 'running-now',
      title: 'Running now',
      kind: 'stat',
      unit: 'count',
      place: { x: 3, y: 0, width: 3, height: 6 },
      noData: 'none',
      prometheus: [
        {
          expression: `count(${present('fairlead_deployment_started_timestamp_seconds', { by: ['environment', 'application'] })})`,
          instant: true,
        },
      ],
      datadog: {
        queries: {
          running: `count_nonzero(max:fairlead.deployment.running_seconds{${CHOSEN}} by {environment,application})`,
        },
      },
    },
    {
      id: 'duration',
      title: 'Duration',
      description:
        'Half of the deployments of the last hour took less than p50, 95 of 100 less than p95.',
      kind: 'lines',
      unit: 'seconds',
      place: { x: 6, y: 0, width: 6, height: 6 },
      noData: 'no deployments',
      prometheus: ([0.5, 0.95] as const).map((share) => ({
        expression: `histogram_quantile(${share}, sum by (le, environment) (${grown(DURATION, '1h')}))`,
        legend: `p${share * 100} {{environment}}`,
        instant: false,
      })),
      datadog: {
        queries: {
          p50: `p50:fairlead.deployment.duration{${CHOSEN}} by {environment}`,
          p95: `p95:fairlead.deployment.duration{${CHOSEN}} by {environment}`,
        },
      },
    },
    {
      id: 'by-status',
      title: 'By status',
      kind: 'bars',
      unit: 'count',
      place: { x: 0, y: 6, width: 12, height: 7 },
      colors: OUTCOME_COLORS,
      noData: 'no deployments',
      prometheus: [
        {
          expression: `sum by (outcome) (${grown(TOTAL, '$__interval')})`,
          legend: '{{outcome}}',
          instant: false,
        },
      ],
      datadog: { queries: { deployments: `${DEPLOYMENTS} by {outcome}.as_count()` } },
    },
    {
      id: 'by-environment',
      title: 'By environment',
      kind: 'ranking',
      unit: 'count',
      place: { x: 0, y: 13, width: 6, height: 7 },
      noData: 'no deployments',
      prometheus: [
        {
          expression: `sum by (environment) (${grown(TOTAL, '$__range')})`,
          legend: '{{environment}}',
          instant: true,
        },
      ],
      datadog: { queries: { deployments: `${DEPLOYMENTS} by {environment}.as_count()` } },
    },
    {
      id: 'by-type',
      title: 'By type',
      kind: 'share',
      unit: 'count',
      place: { x: 6, y: 13, width: 6, height: 7 },
      noData: 'no deployments',
      prometheus: [
        {
          expression: `sum by (type) (${grown(TOTAL, '$__range')})`,
          legend: '{{type}}',
          instant: true,
        },
      ],
      datadog: { queries: { deployments: `${DEPLOYMENTS} by {type}.as_count()` } },
    },
  ],
};
