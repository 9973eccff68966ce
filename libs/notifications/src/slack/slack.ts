import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import { digestAfter } from '../vendor/digest-after.ts';
import type { Answer, Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import type { Message } from '../message/message.ts';
import { createSlackClient } from './client.ts';
import type { SlackClient, SlackPayload } from './client.ts';
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
  const { name, postTo, username, linkTo } = options;
  const legacy = {
    ...(postTo === undefined ? {} : { channel: postTo }),
    ...(username === undefined ? {} : { username }),
  };

  function inFull(message: Message, key: string): SlackPayload {
    return { ...toPayload(message, key), ...legacy };
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
      if (isTaken(first)) return delivered();
      if (namesNoChannel(first) && Object.keys(legacy).length > 0) {
        const second = await post(toPayload(message, delivery.key));
        if (isTaken(second)) {
          return delivered('without channel and username, which only legacy webhooks honour');
        }
        throw rejection(name, second);
      }
      if (first.status !== 400) throw rejection(name, first);
      const bare = await post({ ...toBarePayload(message, delivery.key), ...legacy });
      if (isTaken(bare)) return delivered(`as plain text: ${rejection(name, first).message}`);
      throw rejection(name, bare);
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

function delivered(detail?: string): Answer {
  return { state: 'delivered', ...(detail === undefined ? {} : { detail }) };
}
