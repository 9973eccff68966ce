import { AdapterError, NOTIFIED_KINDS } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import { MAIL_KINDS } from './mail-document.ts';
import type { FirebaseOptions } from './options.ts';
import { FIREBASE } from './push-client.ts';
import type { PushClient } from './push-client.ts';
import { toBarePush, toPush } from './push-payload.ts';
import { toPushPreview } from './push-request.ts';

export interface PushOptions extends Pick<FirebaseOptions, 'projectId' | 'apiUrl' | 'linkTo'> {
  readonly topics: readonly string[];
}

/** A push to each topic by FCM, whose acceptance is no delivery. */
export function createPush(options: PushOptions, client: PushClient): Destination {
  const { topics, linkTo } = options;
  return {
    name: FIREBASE,
    channel: FIREBASE,
    road: 'keyed',
    kinds: NOTIFIED_KINDS,
    unasked: MAIL_KINDS,
    preview(delivery) {
      const message = createMessage(delivery, linkTo);
      return topics.map((topic) =>
        toPushPreview(options, { channel: FIREBASE, payload: toPush(message, delivery, topic) }),
      );
    },
    async send(delivery, signal) {
      const message = createMessage(delivery, linkTo);

      /** Undefined, or why it had to be the plain form. */
      async function push(topic: string): Promise<string | undefined> {
        const first = await client.send(toPush(message, delivery, topic), signal);
        if (first.status === 200) return undefined;
        const refused = rejection(FIREBASE, first);
        if (first.status !== 400) throw refused;
        const bare = await client.send(toBarePush(message, delivery, topic), signal);
        if (bare.status === 200) return `as plain text: ${refused.message}`;
        throw rejection(FIREBASE, bare);
      }

      const pushes = await Promise.allSettled(topics.map(push));
      const errors = pushes.flatMap((one) =>
        one.status === 'rejected' ? [one.reason as Error] : [],
      );
      // What another try can mend comes first: topics that have it already see the same key.
      const error = errors.find(isRetryable) ?? errors[0];
      if (error !== undefined) throw error;
      const detail = pushes
        .flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
        .find(Boolean);
      return { state: 'accepted', ...(detail === undefined ? {} : { detail }) };
    },
  };
}

function isRetryable(error: unknown): boolean {
  return error instanceof AdapterError && error.retryable;
}
