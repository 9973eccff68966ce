import type { EventType } from '@fairlead/contracts';

const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How severe a failure is in an environment: `warning` where nobody may be woken. */
export type SeverityIn = (environment: string) => 'critical' | 'warning';

/** Event type → severity (delivery.md), but for failures. */
const SEVERITY_OF: Readonly<Record<Exclude<EventType, 'failure'>, Severity>> = {
  status: 'info',
  canary: 'info',
  promotion: 'info',
  rollback: 'warning',
};

/** A failure is critical unless `severityIn` lowers it. */
export function severityOf(
  type: EventType,
  environment: string,
  severityIn: SeverityIn = () => 'critical',
): Severity {
  return type === 'failure' ? severityIn(environment) : SEVERITY_OF[type];
}

export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(limit);
}
