import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Delivery } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import { createPagerdutyClient, PAGERDUTY } from './client.ts';
import type { PagerdutyClient } from './client.ts';
import { incidentAction } from './incident-action.ts';
import type { PagerdutyOptions } from './options.ts';
import type { Severity } from './payload.ts';
import { createRoad } from './road.ts';

/** PagerDuty: one open incident per target. A failure opens or updates it, a rollback or a success resolves it. */
export function createPagerduty(
  options: PagerdutyOptions,
  client: PagerdutyClient = createPagerdutyClient(options),
): Destination {
  const { keys, linkTo } = options;
  const road = createRoad(client, keys);

  return {
    name: PAGERDUTY,
    channel: PAGERDUTY,
    road: 'keyed',
    kinds: NOTIFIED_KINDS,
    closes: ['rollback-completed', 'deployment-completed'],
    async send(delivery, signal) {
      const what = incidentAction(delivery);
      if (what.action === 'nothing') return { state: 'suppressed', detail: what.reason };
      const message = createMessage(delivery, linkTo);
      const severity = severityOf(delivery, options);
      return road({ action: what.action, severity, delivery, message }, signal);
    },
  };
}

/** Type → severity of delivery.md, for the kinds that are sent. */
function severityOf({ event, facts }: Delivery, { severityIn }: PagerdutyOptions): Severity {
  switch (event.kind) {
    case 'deployment-failed':
      // That a rollback could not finish is critical everywhere.
      if (event.mark === 'rollback-failed') return 'critical';
      return severityIn?.(facts.environment) ?? 'critical';
    case 'rollback-completed':
      return 'warning';
    default:
      return 'info';
  }
}
