import type { Dashboard } from './dashboard.ts';
import {
  ALERT_STATES,
  CANARY_ISSUES,
  CANARY_WEIGHT,
  CHOSEN,
  FAILED_ROLLBACK_COUNT,
  LONG_RUNNING,
  RECENT_FAILURES,
} from './panels.ts';
import { grown } from './promql.ts';

/** What needs a person: the four panels of the specification, and the state of the four alerts. */
export const DEPLOYMENT_ALERTS: Dashboard = {
  uid: 'deployment-alerts',
  title: 'Deployment Alerts',
  description:
    'What failed, what takes too long, rollbacks that could not finish, canaries that are not well.',
  panels: [
    RECENT_FAILURES,
    {
      id: 'failure-events',
      title: 'Events of failures',
      kind: 'events',
      unit: 'count',
      place: { x: 6, y: 0, width: 6, height: 7 },
      prometheus: [],
      datadog: { queries: { events: 'source:deployment status:error' } },
    },
    LONG_RUNNING,
    FAILED_ROLLBACK_COUNT,
    {
      id: 'failed-rollbacks-over-time',
      title: 'Failed rollbacks over time',
      kind: 'bars',
      unit: 'count',
      place: { x: 8, y: 7, width: 4, height: 7 },
      noData: 'none',
      prometheus: [
        {
          expression: `sum by (environment, application) (${grown('fairlead_rollbacks_total', '$__interval', 'result="failed"')})`,
          legend: '{{environment}} {{application}}',
          instant: false,
        },
      ],
      datadog: {
        queries: {
          failed: `sum:fairlead.rollbacks{result:failed,${CHOSEN}} by {environment,application}.as_count()`,
        },
      },
    },
    CANARY_ISSUES,
    ALERT_STATES,
    CANARY_WEIGHT,
  ],
};
