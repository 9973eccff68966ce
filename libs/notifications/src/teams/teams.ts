import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import { digestAfter } from '../vendor/digest-after.ts';
import type { Answer, Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import { createTeamsClient, TEAMS } from './client.ts';
import type { TeamsClient } from './client.ts';
import { refused } from '../vendor/refused.ts';
import { mendOf } from './mend.ts';
import { namesError } from './names-error.ts';
import type { TeamsOptions } from './options.ts';
import { toBarePayload, toPayload } from './payload.ts';
import { toPreview } from './request.ts';

/** Connectors took 4 messages a second; what a flow takes depends on its owner's licence. */
const PER_SECOND = 2;

/**
 * Microsoft Teams by the webhook of a Workflows flow. Paced: it knows no keys. `accepted` is all that it ever says:
 * the flow runs after its answer.
 */
export function createTeams(
  options: TeamsOptions,
  client: TeamsClient = createTeamsClient(options),
): Destination {
  return {
    name: TEAMS,
    channel: TEAMS,
    perSecond: options.perSecond ?? PER_SECOND,
    road: 'paced',
    ...digestAfter(options),
    kinds: NOTIFIED_KINDS,
    preview(delivery) {
      const payload = toPayload(createMessage(delivery, options.linkTo), delivery.key);
      return [toPreview(options, { channel: TEAMS, payload })];
    },
    async send(delivery, signal) {
      const message = createMessage(delivery, options.linkTo);
      const first = await client.post(toPayload(message, delivery.key), signal);
      if (isTaken(first)) return accepted();
      if (first.status !== 400) throw refused(TEAMS, first, mendOf(first));
      const bare = await client.post(toBarePayload(message, delivery.key), signal);
      if (isTaken(bare)) return accepted(`as plain text: ${rejection(TEAMS, first).message}`);
      throw refused(TEAMS, bare, mendOf(bare));
    },
  };
}

/** A 202 is the trigger's, before the flow has run. Any other success may be the flow's own, with what went wrong. */
function isTaken({ status, text }: VendorAnswer): boolean {
  if (status === 202) return true;
  return status >= 200 && status < 300 && !namesError(text);
}

function accepted(detail?: string): Answer {
  return { state: 'accepted', ...(detail === undefined ? {} : { detail }) };
}
