import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { digestAfter } from '../vendor/digest-after.ts';
import type { Delivery } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { createMessage } from '../message/message.ts';
import type { Told } from '../templates/told.ts';
import { addresseesOf } from './addressees.ts';
import { confirmSms } from './confirm.ts';
import { createSmsClient } from './client.ts';
import type { SmsClient } from './client.ts';
import type { SmsOptions } from './options.ts';
import { toPreview } from './request.ts';
import { settle } from './settle.ts';
import { toText } from './text.ts';
import { verdictOf } from './verdict.ts';

/** 12 a minute (delivery.md). */
const PER_SECOND = 12 / 60;

/** SMS by Twilio, one destination for each number. Paced, and at most once: Twilio knows no keys. */
export function createSmsDestinations(
  options: SmsOptions,
  client: SmsClient = createSmsClient(options),
): readonly Destination[] {
  const { perSecond = PER_SECOND, linkTo } = options;
  const addressees = addresseesOf(options.toNumbers);

  function bodyOf(delivery: Told): string {
    return toText(createMessage(delivery, linkTo), delivery.event.kind);
  }

  return addressees.map(({ name, number }) => ({
    name,
    channel: 'sms',
    // They share one sender and one bill, and so the cap.
    queue: 'sms',
    perSecond,
    road: 'paced',
    atMostOnce: true,
    ...digestAfter(options),
    kinds: NOTIFIED_KINDS,
    withheld: whyCovered,
    preview(delivery) {
      if (whyCovered(delivery) !== undefined) return [];
      return [toPreview(name, { to: number, body: bodyOf(delivery) }, options)];
    },
    send(delivery, signal) {
      const detail = whyCovered(delivery);
      if (detail !== undefined) return Promise.resolve({ state: 'suppressed', detail });
      const call = client.post({ to: number, body: bodyOf(delivery) }, signal);
      return settle(call, signal, (outcome) => verdictOf(name, outcome));
    },
    confirm: (receipt, signal) => confirmSms(receipt, options, signal),
  }));
}

/** A rollback that a person asked for follows no failure: nothing else tells of it. */
function whyCovered({ event, facts, digest, uncovered }: Delivery): string | undefined {
  if (digest !== undefined || uncovered === true) return undefined;
  return event.kind === 'rollback-initiated' && facts.error !== undefined
    ? 'covered: the deployment-failed of the same moment says that it rolls back'
    : undefined;
}
