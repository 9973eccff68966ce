import type { Delivery } from '@fairlead/contracts';
import { createMessage } from '../message/message.ts';
import type { LinkTo, MessageFact } from '../message/message.ts';
import { toPlainText } from '../message/plain-text.ts';

/** One message in `inbox.jsonl`. */
export interface InboxLine {
  /** RFC 3339, UTC: when it was written. */
  readonly at: string;
  readonly destination: string;
  readonly key: string;
  readonly kind: string;
  readonly deploymentId: string;
  readonly title: string;
  readonly text: string;
  readonly facts: readonly MessageFact[];
  readonly error?: string;
  readonly action?: string;
  readonly link?: string;
}

export function toInboxLine(
  delivery: Delivery,
  { at, linkTo }: { readonly at: string; readonly linkTo?: LinkTo | undefined },
): InboxLine {
  const { summary, ...message } = createMessage(delivery, linkTo);
  return {
    at,
    destination: delivery.destination,
    key: delivery.key,
    kind: delivery.event.kind,
    deploymentId: delivery.facts.deploymentId,
    ...message,
    text: toPlainText({ summary, ...message }),
  };
}
