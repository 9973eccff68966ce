import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Delivery } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import type { Told } from '../templates/told.ts';
import { createPagerdutyClient, PAGERDUTY } from './client.ts';
import type { PagerdutyClient } from './client.ts';
import { incidentAction } from './incident-action.ts';
import type { PagerdutyOptions } from './options.ts';
import { toEvent } from './payload.ts';
import type { Alert, Severity } from './payload.ts';
import { toPreview } from './request.ts';
import { createRoad } from './road.ts';

/** PagerDuty: one open incident per target. A failure opens or updates it, a rollback or a success resolves it. */
export function createPagerduty(
  options: PagerdutyOptions,
  client: PagerdutyClient = createPagerdutyClient(options),
): Destination {
  const { keys, linkTo } = options;
  const road = createRoad(client, keys);

  function alertOf(delivery: Told, action: Alert['action']): Alert {
    const message = createMessage(delivery, linkTo);
    return { action, severity: severityOf(delivery, options), delivery, message };
  }

  return {
    name: PAGERDUTY,
    channel: PAGERDUTY,
    road: 'keyed',
    kinds: NOTIFIED_KINDS,
    closes: ['rollback-completed', 'deployment-completed'],
    withheld(delivery) {
      const what = incidentAction(delivery);
      return what.action === 'nothing' ? what.reason : undefined;
    },
    preview(delivery) {
      const { action } = incidentAction(delivery);
      if (action === 'nothing') return [];
      const event = toEvent(alertOf(delivery, action));
      return [toPreview(options.apiUrl, { channel: PAGERDUTY, event })];
    },
    async send(delivery, signal) {
      const what = incidentAction(delivery);
      if (what.action === 'nothing') return { state: 'suppressed', detail: what.reason };
      return road(alertOf(delivery, what.action), signal);
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
