import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import { toPlainText } from '../message/plain-text.ts';
import type { LogOptions } from './options.ts';

/** One structured line in the worker's own log; the key is in the line, so that a repeat can be recognised. */
export function createLogDestination({ log, kinds, linkTo }: LogOptions): Destination {
  return {
    name: 'log',
    road: 'keyed',
    kinds: kinds ?? NOTIFIED_KINDS,
    send(delivery) {
      const message = createMessage(delivery, linkTo);
      log.info('notification', {
        deliveryKey: delivery.key,
        eventKind: delivery.event.kind,
        deploymentId: delivery.facts.deploymentId,
        title: message.title,
        text: toPlainText(message),
      });
      return Promise.resolve({ state: 'accepted', detail: 'written to the log' });
    },
  };
}
