import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { AdapterError } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import { digestAfter } from '../vendor/digest-after.ts';
import type { Answer, Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import type { Message } from '../message/message.ts';
import { refused } from '../vendor/refused.ts';
import { createSlackClient } from './client.ts';
import type { SlackClient, SlackPayload } from './client.ts';
import { isEmpty, LegacyFields, WITHOUT } from './legacy-fields.ts';
import { mendOf } from './mend.ts';
import type { SlackOptions } from './options.ts';
import { toBarePayload, toPayload } from './payload.ts';
import { toPreview } from './request.ts';

/** Slack takes a message a second for each webhook. */
const PER_SECOND = 1;

/** Slack by an incoming webhook. Paced: it knows no keys, and takes a message a second. */
export function createSlack(
  options: SlackOptions,
  client: SlackClient = createSlackClient(options),
): Destination {
  const { name, linkTo } = options;
  const legacy = new LegacyFields(options);

  function inFull(message: Message, key: string): SlackPayload {
    return { ...toPayload(message, key), ...legacy.present };
  }

  function taken(...notes: string[]): Answer {
    return delivered([...(legacy.areLeftOut ? [WITHOUT] : []), ...notes].join('; '));
  }

  function refusal(answer: VendorAnswer): AdapterError {
    return refused(name, answer, mendOf(answer));
  }

  return {
    name,
    channel: name,
    perSecond: options.perSecond ?? PER_SECOND,
    road: 'paced',
    ...digestAfter(options),
    kinds: NOTIFIED_KINDS,
    preview: (delivery) => [
      toPreview(options, inFull(createMessage(delivery, linkTo), delivery.key)),
    ],
    async send(delivery, signal) {
      const message = createMessage(delivery, linkTo);
      const post = (payload: SlackPayload) => client.post(payload, signal);
      const first = await post(inFull(message, delivery.key));
      if (isTaken(first)) return taken();
      if (namesNoChannel(first) && !isEmpty(legacy.present)) {
        const second = await post(toPayload(message, delivery.key));
        if (!isTaken(second)) throw refusal(second);
        legacy.refused();
        return taken();
      }
      if (first.status !== 400) throw refusal(first);
      const bare = await post({ ...toBarePayload(message, delivery.key), ...legacy.present });
      if (isTaken(bare)) return taken(`as plain text: ${rejection(name, first).message}`);
      throw refusal(bare);
    },
  };
}

/** A success is `ok`; some gateways answer 200 with what went wrong. */
function isTaken({ status, text }: VendorAnswer): boolean {
  return status === 200 && text.trim() === 'ok';
}

function namesNoChannel({ status, text }: VendorAnswer): boolean {
  return status === 404 || text.includes('channel_not_found');
}

function delivered(detail: string): Answer {
  return { state: 'delivered', ...(detail === '' ? {} : { detail }) };
}
