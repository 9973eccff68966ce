import type { Alert } from './alert.ts';

/** A failure is told of for this long: no alert waits for a person to close it. Seconds. */
const FAILURE_STANDS = 300;
const ROLLBACK_STANDS = 900;

/**
 * Each looks at *when*, not at *how many more*: no window to miss, nothing to count twice, and the first failure ever
 * is one. So no `increase()`, and the highest of all sources.
 */
export const ALERTS: readonly Alert[] = [
  {
    id: 'deployment-failure',
    title: 'Deployment Failure',
    severity: 'critical',
    summary: 'Deployment of {{application}} to {{environment}} failed',
    description:
      'A deployment of type {{type}} ended as failed: someone must act. `fairlead explain` says why, and what runs now.',
    runbook: 'a-deployment-ended-failed',
    labels: ['environment', 'application', 'type'],
    prometheus: {
      expression: `time() - max by (environment, application, type) (fairlead_deployment_finished_timestamp_seconds{outcome="failed"}) < ${FAILURE_STANDS}`,
    },
    datadog: {
      query:
        'sum(last_5m):sum:fairlead.deployments{outcome:failed} by {environment,application,type}.as_count() > 0',
      threshold: 0,
      priority: 1,
    },
  },
  {
    id: 'long-running-deployment',
    title: 'Long-Running Deployment',
    severity: 'warning',
    summary: 'Deployment of {{application}} to {{environment}} takes longer than expected',
    description:
      'It runs for longer than its expected_duration. `fairlead status` says what it waits for: a person, a pause, or pods.',
    runbook: 'a-deployment-hangs',
    labels: ['environment', 'application', 'type'],
    prometheus: {
      expression:
        '(time() - max by (environment, application, type) (fairlead_deployment_started_timestamp_seconds)) > max by (environment, application, type) (fairlead_deployment_expected_seconds)',
    },
    datadog: {
      query:
        'max(last_5m):max:fairlead.deployment.over_expected_seconds{*} by {environment,application} > 0',
      threshold: 0,
      priority: 3,
    },
  },
  {
    id: 'failed-rollback',
    title: 'Failed Rollback',
    severity: 'critical',
    summary: 'Rollback of {{application}} in {{environment}} could not finish',
    description:
      'What runs is neither the old version nor the new one, and no further deployment is admitted. `fairlead status` lists what was left; `fairlead rollback` tries again.',
    runbook: 'rollback-failed',
    labels: ['environment', 'application'],
    prometheus: {
      expression: `time() - max by (environment, application) (fairlead_rollback_finished_timestamp_seconds{result="failed"}) < ${ROLLBACK_STANDS}`,
    },
    datadog: {
      query:
        'sum(last_15m):sum:fairlead.rollbacks{result:failed} by {environment,application}.as_count() > 0',
      threshold: 0,
      priority: 1,
    },
  },
  {
    id: 'canary-deployment-issue',
    title: 'Canary Deployment Issue',
    severity: 'warning',
    summary: 'The canary of {{application}} in {{environment}} is not well',
    description:
      'Something has doomed it, and it is being taken back. `fairlead explain` says what was seen.',
    runbook: 'a-canary-is-not-well',
    labels: ['environment', 'application'],
    prometheus: {
      expression: 'min by (environment, application) (fairlead_canary_healthy) == 0',
      keepFiringFor: '5m',
    },
    datadog: {
      query: 'max(last_5m):max:fairlead.canary.healthy{*} by {environment,application} < 1',
      threshold: 1,
      priority: 3,
    },
  },
];
