import { AdapterError, NOTIFIED_KINDS } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { Answer, Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import { refused } from '../vendor/refused.ts';
import { MAIL_KINDS } from './mail-document.ts';
import type { FirebaseOptions } from './options.ts';
import { FIREBASE } from './push-client.ts';
import type { PushClient } from './push-client.ts';
import { toBarePush, toPush } from './push-payload.ts';
import { toPushPreview } from './push-request.ts';

/** What to do about an answer that is final. */
export const MENDS: Readonly<Record<number, string>> = {
  400: 'the plain-text form was refused too',
  403: 'give the service account its role, and switch the FCM API on',
  404: 'compare project_id',
};

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
        const why = refusal(topic, first);
        if (first.status !== 400) throw why;
        const bare = await client.send(toBarePush(message, delivery, topic), signal);
        if (bare.status === 200) return `as plain text: ${rejection(FIREBASE, first).message}`;
        throw refusal(topic, bare);
      }

      return answerOf(await Promise.allSettled(topics.map(push)));
    },
  };
}

/**
 * Told when any topic was: the receipt names those that were refused.
 * @throws AdapterError what another try can mend, since topics that have it already see the same key; what was refused
 * where no topic was told
 */
function answerOf(pushes: readonly PromiseSettledResult<string | undefined>[]): Answer {
  const errors = pushes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  const notes = pushes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const error =
    errors.find(isRetryable) ??
    // The text of a defect may hold anything, so it stands in no receipt.
    errors.find((one) => notes.length === 0 || !(one instanceof AdapterError));
  if (error !== undefined) throw error;
  const plain = notes.find((note) => note !== undefined);
  const untold = errors.map(({ message }) => `not told: ${message}`);
  const detail = [...untold, ...(plain === undefined ? [] : [plain])].join('; ');
  return { state: 'accepted', ...(detail === '' ? {} : { detail }) };
}

function refusal(topic: string, answer: VendorAnswer): AdapterError {
  return refused(`${FIREBASE} (topic ${topic})`, answer, MENDS[answer.status]);
}

function isRetryable(error: unknown): boolean {
  return error instanceof AdapterError && error.retryable;
}
