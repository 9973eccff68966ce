import type { Dashboard } from './dashboard.ts';
import { at, CANARY_ISSUES, CANARY_WEIGHT, CHOSEN, RUNNING_FOR, OUTCOME_COLORS } from './panels.ts';
import { grown, meanSeconds } from './promql.ts';

const TOTAL = 'fairlead_deployments_total';
const NONE = 'no deployments';
const BY_COMPONENT = ['application', 'component'];

/** Who develops: what became of my deployments, by application. */
export const DEV: Dashboard = {
  uid: 'fairlead-dev',
  title: 'Deployments: mine',
  description: 'For who develops an application: choose it above.',
  panels: [
    {
      id: 'outcomes',
      title: 'How they ended',
      kind: 'share',
      unit: 'count',
      place: { x: 0, y: 0, width: 4, height: 7 },
      colors: OUTCOME_COLORS,
      noData: NONE,
      prometheus: [
        {
          expression: `sum by (outcome) (${grown(TOTAL, '$__range')})`,
          legend: '{{outcome}}',
          instant: true,
        },
      ],
      datadog: {
        queries: { deployments: `sum:fairlead.deployments{${CHOSEN}} by {outcome}.as_count()` },
      },
    },
    {
      id: 'by-application',
      title: 'By application and environment',
      kind: 'table',
      unit: 'count',
      place: { x: 4, y: 0, width: 8, height: 7 },
      noData: NONE,
      prometheus: [
        {
          expression: `sum by (application, environment, outcome) (${grown(TOTAL, '$__range')}) > 0`,
          legend: '{{application}} {{environment}} {{outcome}}',
          instant: true,
        },
      ],
      datadog: {
        queries: {
          deployments: `sum:fairlead.deployments{${CHOSEN}} by {application,environment,outcome}.as_count()`,
        },
      },
    },
    at(RUNNING_FOR, { x: 0, y: 7, width: 6, height: 7 }),
    {
      id: 'duration',
      title: 'Duration',
      description: 'Of 100 deployments of the last day, 95 took less.',
      kind: 'lines',
      unit: 'seconds',
      place: { x: 6, y: 7, width: 6, height: 7 },
      noData: NONE,
      prometheus: [
        {
          expression: `histogram_quantile(0.95, sum by (le, application) (${grown('fairlead_deployment_duration_seconds_bucket', '1d')}))`,
          legend: '{{application}}',
          instant: false,
        },
      ],
      datadog: {
        queries: { p95: `p95:fairlead.deployment.duration{${CHOSEN}} by {application}` },
      },
    },
    at(CANARY_WEIGHT, { x: 0, y: 14, width: 6, height: 7 }),
    at(CANARY_ISSUES, { x: 6, y: 14, width: 6, height: 7 }),
    {
      id: 'component-duration',
      title: 'Time for each component',
      description: 'Mean, from its first change until it was done or put back.',
      kind: 'ranking',
      unit: 'seconds',
      place: { x: 0, y: 21, width: 6, height: 7 },
      noData: NONE,
      prometheus: [
        {
          expression: meanSeconds('fairlead_component_duration_seconds', '$__range', BY_COMPONENT),
          legend: '{{application}} {{component}}',
          instant: true,
        },
      ],
      datadog: {
        queries: { mean: `avg:fairlead.component.duration{${CHOSEN}} by {application,component}` },
      },
    },
    {
      id: 'component-ready',
      title: 'New pods until ready',
      description: 'Mean of the slowest new pod of each deployment, from its creation until ready.',
      kind: 'ranking',
      unit: 'seconds',
      place: { x: 6, y: 21, width: 6, height: 7 },
      noData: NONE,
      prometheus: [
        {
          expression: meanSeconds('fairlead_component_ready_seconds', '$__range', BY_COMPONENT),
          legend: '{{application}} {{component}}',
          instant: true,
        },
      ],
      datadog: {
        queries: { mean: `avg:fairlead.component.ready{${CHOSEN}} by {application,component}` },
      },
    },
  ],
};
