import type { Delivery } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { EventBody } from '../client.ts';
import { MANAGED_BY, toTags } from '../tags.ts';
import type { Ending } from './ending.ts';
import { toText, toTitle } from './event-text.ts';
import { secondOf } from './totals.ts';

/** What our events are found by: `source:deployment`. */
const SOURCE = 'deployment';
/** https://docs.datadoghq.com/api/latest/events/: characters. */
const AGGREGATION_KEY_LENGTH = 100;

type AlertType = 'error' | 'warning' | 'info' | 'success';

/** All events of a deployment are one group. Pure: a repeat has the same body. */
export function toEvent(
  delivery: Pick<Delivery, 'event' | 'facts'>,
  ending: Ending | undefined,
  link: string | undefined,
): EventBody {
  const { event, facts } = delivery;
  const { environment, application, type, deploymentId } = facts;
  const status = alertTypeOf(delivery);
  return {
    title: toTitle(delivery),
    text: toText(delivery, ending, link),
    dateHappened: secondOf(event.at),
    aggregationKey: cleanText(deploymentId).slice(0, AGGREGATION_KEY_LENGTH),
    alertType: status,
    sourceTypeName: SOURCE,
    tags: [
      ...toTags({ environment, application, type, outcome: ending?.outcome, status }),
      ...toTags({ source: SOURCE, kind: event.kind }),
      MANAGED_BY,
    ],
  };
}

function alertTypeOf({ event }: Pick<Delivery, 'event'>): AlertType {
  if (event.mark === 'test') return 'info';
  switch (event.kind) {
    case 'deployment-failed':
    case 'remediation-given-up':
      return 'error';
    case 'rollback-initiated':
    case 'rollback-completed':
    case 'remediation-proposed':
      return 'warning';
    case 'deployment-completed':
      return 'success';
    default:
      return 'info';
  }
}
