import type { Dashboard } from './dashboard.ts';
import { CHOSEN, OUTCOME_COLORS } from './panels.ts';
import { grown, meanSeconds, present } from './promql.ts';

const TOTAL = 'fairlead_deployments_total';
const FINISHED = 'fairlead_deployment_finished_timestamp_seconds';
const NONE = 'no deployments';
const SUCCEEDED = 'outcome="succeeded"';

/**
 * Between two looks at whether a target stands failed. Minutes: 30 days of 200 targets are 10 of the 50 million
 * samples that Prometheus allows.
 */
const LOOK_EVERY = 5;
const TARGET = { by: ['environment', 'application'] };
const LAST_FAILED = present(FINISHED, { ...TARGET, matchers: 'outcome="failed"' });
const LAST_WELL = present(FINISHED, { ...TARGET, matchers: 'outcome!="failed"' });
/** There for each target whose last deployment is a failed one. */
const STANDS_FAILED = `(${LAST_FAILED} unless (${LAST_WELL} > ${LAST_FAILED}))`;

/** Who leads: the four figures of DORA, as far as deployments tell them. */
export const LEAD: Dashboard = {
  uid: 'fairlead-lead',
  title: 'Deployments: DORA',
  description:
    'Deployment frequency, lead time, change-failure rate and time to restore, of what Fairlead deployed.',
  panels: [
    {
      id: 'frequency',
      title: 'Deployment frequency',
      description:
        'Deployments that succeeded, in a day. Grafana: within the 24 hours before each moment; Datadog: each day.',
      kind: 'lines',
      unit: 'per-day',
      place: { x: 0, y: 0, width: 6, height: 7 },
      noData: NONE,
      prometheus: [
        {
          expression: `sum by (environment) (${grown(TOTAL, '1d', SUCCEEDED)})`,
          legend: '{{environment}}',
          instant: false,
        },
      ],
      datadog: {
        queries: {
          succeeded: `sum:fairlead.deployments{outcome:succeeded,${CHOSEN}} by {environment}.as_count().rollup(sum, 86400)`,
        },
      },
    },
    {
      id: 'lead-time',
      title: 'Lead time, from start to end',
      description:
        'Mean duration of deployments, however they ended. The time from a commit to the start of its deployment is not in it: Fairlead does not see a change before.',
      kind: 'stat',
      unit: 'seconds',
      place: { x: 6, y: 0, width: 3, height: 7 },
      noData: NONE,
      prometheus: [
        {
          expression: meanSeconds('fairlead_deployment_duration_seconds', '$__range'),
          instant: true,
        },
      ],
      datadog: { queries: { mean: `avg:fairlead.deployment.duration{${CHOSEN}}` } },
    },
    {
      id: 'change-failure-rate',
      title: 'Change-failure rate',
      description:
        'Deployments that failed or were rolled back, of all that ended in the time shown.',
      kind: 'stat',
      unit: 'ratio',
      place: { x: 9, y: 0, width: 3, height: 7 },
      thresholds: [
        { color: 'green' },
        { from: 0.15, color: 'yellow' },
        { from: 0.3, color: 'red' },
      ],
      noData: NONE,
      prometheus: [
        {
          expression: `1 - sum(${grown(TOTAL, '$__range', SUCCEEDED)}) / (sum(${grown(TOTAL, '$__range')}) > 0)`,
          instant: true,
        },
      ],
      datadog: {
        queries: {
          ok: `sum:fairlead.deployments{outcome:succeeded,${CHOSEN}}.as_count()`,
          all: `sum:fairlead.deployments{${CHOSEN}}.as_count()`,
        },
        formulas: [{ formula: '1 - ok / all', alias: 'change-failure rate' }],
      },
    },
    {
      id: 'time-to-restore',
      title: 'Time to restore',
      description: `Grafana: how long targets stood failed in the time shown, to ${LOOK_EVERY} minutes, for each failure of that time: from the end of a failed deployment to that of the next that did not fail. Datadog: mean time of deployments that were rolled back, from their start until the old version was back. How long users were hurt is not known to either.`,
      kind: 'stat',
      unit: 'seconds',
      place: { x: 0, y: 7, width: 4, height: 7 },
      noData: 'no failures',
      prometheus: [
        {
          expression: `(sum(count_over_time(${STANDS_FAILED}[$__range:${LOOK_EVERY}m])) * ${LOOK_EVERY * 60} or vector(0)) / (sum(${grown(TOTAL, '$__range', 'outcome="failed"')}) > 0)`,
          instant: true,
        },
      ],
      datadog: {
        queries: { mean: `avg:fairlead.deployment.duration{outcome:rolled-back,${CHOSEN}}` },
      },
    },
    {
      id: 'rollbacks',
      title: 'Rollbacks',
      description: 'What a rollback restored, and what it could not.',
      kind: 'bars',
      unit: 'count',
      place: { x: 4, y: 7, width: 8, height: 7 },
      colors: OUTCOME_COLORS,
      noData: 'no rollbacks',
      prometheus: [
        {
          expression: `sum by (result) (${grown('fairlead_rollbacks_total', '$__interval')})`,
          legend: '{{result}}',
          instant: false,
        },
      ],
      datadog: {
        queries: { rollbacks: `sum:fairlead.rollbacks{${CHOSEN}} by {result}.as_count()` },
      },
    },
    {
      id: 'time-in-phase',
      title: 'Time in each phase',
      description:
        'Mean of the deployments that were in it; awaiting-approval is the wait for a person.',
      kind: 'ranking',
      unit: 'seconds',
      place: { x: 0, y: 14, width: 6, height: 7 },
      noData: NONE,
      prometheus: [
        {
          expression: meanSeconds('fairlead_phase_duration_seconds', '$__range', ['phase']),
          legend: '{{phase}}',
          instant: true,
        },
      ],
      datadog: {
        queries: { mean: `avg:fairlead.deployment.phase_duration{${CHOSEN}} by {phase}` },
      },
    },
    {
      id: 'time-to-detect',
      title: 'Time to detect',
      description:
        'Mean, from the first sign of trouble at new pods until their deployment knew that they are doomed.',
      kind: 'stat',
      unit: 'seconds',
      place: { x: 6, y: 14, width: 3, height: 7 },
      noData: 'no failures',
      prometheus: [
        { expression: meanSeconds('fairlead_time_to_detect_seconds', '$__range'), instant: true },
      ],
      datadog: { queries: { mean: `avg:fairlead.deployment.time_to_detect{${CHOSEN}}` } },
    },
    {
      id: 'time-to-safe',
      title: 'Time to safe',
      description:
        'Mean, from the first sign of trouble at new pods until everything was put back.',
      kind: 'stat',
      unit: 'seconds',
      place: { x: 9, y: 14, width: 3, height: 7 },
      noData: 'no failures',
      prometheus: [
        { expression: meanSeconds('fairlead_time_to_safe_seconds', '$__range'), instant: true },
      ],
      datadog: { queries: { mean: `avg:fairlead.deployment.time_to_safe{${CHOSEN}}` } },
    },
  ],
};
