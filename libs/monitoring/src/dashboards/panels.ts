import type { Panel } from './dashboard.ts';
import { grown, present, worst } from './promql.ts';

/** Datadog's template variables, which filter as the selectors of PromQL do. */
export const CHOSEN = '$environment,$application';

/** Of a legend that is an outcome, or the result of a rollback. */
export const OUTCOME_COLORS = {
  succeeded: 'green',
  'rolled-back': 'yellow',
  failed: 'red',
} as const;

const STARTED = 'fairlead_deployment_started_timestamp_seconds';
const EXPECTED = 'fairlead_deployment_expected_seconds';
const BY_TARGET = 'by {environment,application}';
const TARGET_LEGEND = '{{environment}} {{application}}';

/** The same panel elsewhere, for dashboards that share it. */
export function at(panel: Panel, place: Panel['place']): Panel {
  return { ...panel, place };
}

export const RECENT_FAILURES: Panel = {
  id: 'recent-failures',
  title: 'Recent failures',
  description: 'Deployments that ended as failed in the time shown, by target.',
  kind: 'table',
  unit: 'count',
  place: { x: 0, y: 0, width: 6, height: 7 },
  noData: 'no failures',
  prometheus: [
    {
      expression: `sum by (environment, application) (${grown('fairlead_deployments_total', '$__range', 'outcome="failed"')}) > 0`,
      legend: TARGET_LEGEND,
      instant: true,
    },
  ],
  datadog: {
    queries: {
      failures: `sum:fairlead.deployments{outcome:failed,${CHOSEN}} ${BY_TARGET}.as_count()`,
    },
  },
};

export const LONG_RUNNING: Panel = {
  id: 'long-running',
  title: 'Long-running',
  description: 'Deployments that run for longer than their expected_duration, and for how long.',
  kind: 'table',
  unit: 'seconds',
  place: { x: 0, y: 7, width: 6, height: 7 },
  noData: 'none',
  prometheus: [
    {
      expression: `sort_desc((time() - ${present(STARTED)}) > ${present(EXPECTED)})`,
      legend: TARGET_LEGEND,
      instant: true,
    },
  ],
  datadog: {
    queries: { running: `max:fairlead.deployment.running_seconds{${CHOSEN}} ${BY_TARGET}` },
  },
};

export const FAILED_ROLLBACK_COUNT: Panel = {
  id: 'failed-rollbacks',
  title: 'Failed rollbacks',
  kind: 'stat',
  unit: 'count',
  place: { x: 6, y: 7, width: 2, height: 7 },
  thresholds: [{ color: 'green' }, { from: 1, color: 'red' }],
  noData: 'none',
  prometheus: [
    {
      expression: `sum(${grown('fairlead_rollbacks_total', '$__range', 'result="failed"')})`,
      instant: true,
    },
  ],
  datadog: { queries: { failed: `sum:fairlead.rollbacks{result:failed,${CHOSEN}}.as_count()` } },
};

export const CANARY_ISSUES: Panel = {
  id: 'canary-issues',
  title: 'Canary issues',
  kind: 'states',
  unit: 'state',
  place: { x: 0, y: 14, width: 6, height: 7 },
  thresholds: [{ color: 'red' }, { from: 1, color: 'green' }],
  noData: 'no canary runs',
  prometheus: [
    { expression: worst('fairlead_canary_healthy'), legend: TARGET_LEGEND, instant: false },
  ],
  datadog: { queries: { healthy: `min:fairlead.canary.healthy{${CHOSEN}} ${BY_TARGET}` } },
};

export const CANARY_WEIGHT: Panel = {
  id: 'canary-weight',
  title: 'Canary weight',
  kind: 'lines',
  unit: 'ratio',
  place: { x: 9, y: 14, width: 3, height: 7 },
  noData: 'no canary runs',
  prometheus: [
    {
      expression: present('fairlead_canary_weight_ratio'),
      legend: TARGET_LEGEND,
      instant: false,
    },
  ],
  datadog: { queries: { weight: `max:fairlead.canary.weight{${CHOSEN}} ${BY_TARGET}` } },
};

export const ALERT_STATES: Panel = {
  id: 'alert-states',
  title: 'State of the four alerts',
  kind: 'alerts',
  unit: 'state',
  place: { x: 6, y: 14, width: 3, height: 7 },
  prometheus: [],
};

export const RUNNING_FOR: Panel = {
  id: 'running-for',
  title: 'Running now, and for how long',
  kind: 'ranking',
  unit: 'seconds',
  place: { x: 0, y: 14, width: 12, height: 7 },
  noData: 'nothing runs',
  prometheus: [
    {
      expression: `time() - ${present(STARTED)}`,
      legend: `${TARGET_LEGEND} ({{type}})`,
      instant: true,
    },
  ],
  datadog: {
    queries: { running: `max:fairlead.deployment.running_seconds{${CHOSEN}} ${BY_TARGET}` },
  },
};
