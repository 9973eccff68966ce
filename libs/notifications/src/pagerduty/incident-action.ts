import type { Delivery } from '@fairlead/contracts';

/** What a message means for the target's one incident; `nothing`, and why, for what must not interrupt. */
export type IncidentAction =
  | { readonly action: 'trigger' | 'resolve' }
  | { readonly action: 'nothing'; readonly reason: string };

/** Whether the incident is open is PagerDuty's to know: to resolve what is not open does nothing. */
export function incidentAction({
  event,
  facts,
}: Pick<Delivery, 'event' | 'facts'>): IncidentAction {
  switch (event.kind) {
    case 'deployment-failed':
    case 'remediation-given-up':
      return { action: 'trigger' };
    case 'deployment-completed':
    case 'rollback-completed':
      return { action: 'resolve' };
    case 'rollback-initiated':
      return facts.error === undefined
        ? nothing('PagerDuty interrupts, and nothing failed: a person asked for the rollback')
        : nothing('covered: the deployment-failed of the same moment says that it rolls back');
    default:
      return nothing(`PagerDuty interrupts, and ${event.kind} opens and resolves nothing`);
  }
}

function nothing(reason: string): IncidentAction {
  return { action: 'nothing', reason };
}
