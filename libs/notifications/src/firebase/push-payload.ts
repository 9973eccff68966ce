import { createHash } from 'node:crypto';
import type { Delivery } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { Message } from '../message/message.ts';
import { cutToBytes, jsonBytes } from './cut-to-bytes.ts';
import type { PushPayload } from './push-client.ts';

/** FCM takes 4,096 bytes, and by its page of error codes 2,048 for a topic; the library adds a few. */
const MESSAGE_BYTES = 2_000;
/** Of what always stays: together they leave room for the body. */
const TITLE_BYTES = 240;
const NAME_BYTES = 160;
const LINK_BYTES = 400;
/** https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
const APNS_ID_BYTES = 64;
/** Have a place of their own in every push. */
const SHOWN_FIRST = ['Deployment', 'Issue', 'Environment'];

/** For one topic. FCM knows no keys: on a device, a repeat takes the place of what has the same one. */
export function toPush(message: Message, delivery: Delivery, topic: string): PushPayload {
  const { key, event } = delivery;
  const { deploymentId, environment, link } = identityOf(message, delivery);
  const payload = (body: string): PushPayload => ({
    topic,
    notification: { title: cutToBytes(message.title, TITLE_BYTES), body },
    data: {
      key,
      kind: event.kind,
      deploymentId,
      environment,
      ...(link === undefined ? {} : { link }),
    },
    android: {
      collapseKey: key,
      priority: event.kind === 'deployment-failed' ? 'high' : 'normal',
      notification: { tag: key },
    },
    apns: { headers: { 'apns-collapse-id': apnsId(key) } },
  });
  const room = MESSAGE_BYTES - Buffer.byteLength(JSON.stringify(payload('')));
  return payload(cutToBytes([deploymentId, ...linesOf(message)].join('\n'), room));
}

/** For an FCM that refuses our form: text alone, under the same key. */
export function toBarePush(message: Message, delivery: Delivery, topic: string): PushPayload {
  const { deploymentId, environment, link } = identityOf(message, delivery);
  const outcome = message.facts.find(({ label }) => label === 'Outcome')?.value;
  const lines = [deploymentId, environment, outcome, link].filter((line) => line !== undefined);
  return {
    topic,
    notification: { title: cutToBytes(message.title, TITLE_BYTES), body: lines.join('\n') },
    android: { collapseKey: delivery.key },
  };
}

/** A phone shows a few lines: what happened and went wrong comes before the facts. */
function linesOf({ summary, error, action, facts }: Message): readonly string[] {
  return [
    ...(summary === '' ? [] : [summary]),
    ...(error === undefined ? [] : [`Error: ${error}`]),
    ...(action === undefined ? [] : [action]),
    ...facts
      .filter(({ label }) => !SHOWN_FIRST.includes(label))
      .map(({ label, value }) => `${label}: ${value}`),
  ];
}

function identityOf({ link }: Message, { facts }: Delivery) {
  return {
    deploymentId: cutToBytes(cleanText(facts.deploymentId), NAME_BYTES),
    environment: cutToBytes(cleanText(facts.environment), NAME_BYTES),
    // Half a link leads nowhere.
    link: link !== undefined && jsonBytes(link) <= LINK_BYTES ? link : undefined,
  };
}

/** The key itself where it fits. */
function apnsId(key: string): string {
  if (Buffer.byteLength(key) <= APNS_ID_BYTES) return key;
  // In hexadecimal just as long as Apple takes.
  return createHash('sha256').update(key).digest('hex');
}
