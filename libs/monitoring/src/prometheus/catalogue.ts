/** A metric as it stands in the catalogue. Names and labels are wire format: dashboards and alerts ask for them. */
interface CatalogueEntry {
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly help: string;
}

/** What is durable or runs now, told of each target; base units. */
export const CATALOGUE = {
  fairlead_deployments_total: {
    type: 'counter',
    help: 'Deployments that have ended, by outcome.',
  },
  fairlead_deployment_duration_seconds: {
    type: 'histogram',
    help: 'How long deployments took that have ended.',
  },
  fairlead_deployment_finished_timestamp_seconds: {
    type: 'gauge',
    help: 'When the last deployment of an outcome ended.',
  },
  fairlead_deployment_started_timestamp_seconds: {
    type: 'gauge',
    help: 'When the deployment that runs now began.',
  },
  fairlead_deployment_expected_seconds: {
    type: 'gauge',
    help: 'How long the deployment that runs now may take before it is overdue.',
  },
  fairlead_rollbacks_total: {
    type: 'counter',
    help: 'Rollbacks that have ended, by result.',
  },
  fairlead_rollback_finished_timestamp_seconds: {
    type: 'gauge',
    help: 'When the last rollback of a result ended.',
  },
  fairlead_canary_healthy: {
    type: 'gauge',
    help: 'Whether nothing has doomed the canary that runs now: 1 or 0.',
  },
  fairlead_canary_weight_ratio: {
    type: 'gauge',
    help: 'Share of the traffic that the canary takes, 0 to 1.',
  },
  fairlead_issues_open: {
    type: 'gauge',
    help: 'Issues that nobody has mended yet, those that were given up among them.',
  },
  fairlead_issues_ended_total: {
    type: 'counter',
    help: 'Issues that were looked after to their end, healed or given up.',
  },
  fairlead_remediation_attempts_total: {
    type: 'counter',
    help: 'Attempts to mend an issue, by action and result.',
  },
  fairlead_phase_duration_seconds: {
    type: 'summary',
    help: 'How long deployments that have ended were in each phase; awaiting-approval is the wait for a person.',
  },
  fairlead_component_duration_seconds: {
    type: 'summary',
    help: 'From the first change of a component until it was done or put back.',
  },
  fairlead_component_ready_seconds: {
    type: 'summary',
    help: 'From the creation of new pods until they were ready, the slowest one of each deployment.',
  },
  fairlead_time_to_detect_seconds: {
    type: 'summary',
    help: 'From the first sign of trouble at new pods until the deployment knew that they are doomed.',
  },
  fairlead_time_to_safe_seconds: {
    type: 'summary',
    help: 'From the first sign of trouble at new pods until everything was put back.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type MetricName = keyof typeof CATALOGUE;
