import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  isCancellation,
  proxyActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import { RetryState } from '@temporalio/common';
import type { ActivityOptions } from '@temporalio/workflow';
import { CONTROL_QUEUE, deliveryQueue } from '@fairlead/contracts';
import type { Delivery, DeliveryActivities, OpenDelivery, Receipt } from '@fairlead/contracts';
import { DELIVER_ONE } from '../activity-options.ts';
import { counted } from './counted.ts';

type SendOptions = Pick<ActivityOptions, 'scheduleToCloseTimeout' | 'priority'>;

/** The server's names of the timeouts after which nobody knows whether it left. */
const AFTER_IT_MAY_HAVE_LEFT = ['TemporalTimeout:StartToClose', 'TemporalTimeout:Heartbeat'];

/**
 * Sends one delivery alone. What can never be delivered comes back as a dead receipt; `late` is what its paced queue
 * did not start within `digestAfterMs`, and so never left. Cancellation is thrown on.
 */
export function sendOne(
  open: OpenDelivery & { readonly digestAfterMs?: never },
  options?: SendOptions,
): Promise<Receipt>;
export function sendOne(open: OpenDelivery, options?: SendOptions): Promise<Receipt | 'late'>;
export async function sendOne(
  { delivery, road, queue, atMostOnce, digestAfterMs }: OpenDelivery,
  options: SendOptions = {},
): Promise<Receipt | 'late'> {
  const { deliverOne } = proxyActivities<DeliveryActivities>({
    ...DELIVER_ONE,
    ...options,
    ...(digestAfterMs === undefined
      ? {}
      : { scheduleToStartTimeout: startWithin(delivery, digestAfterMs) }),
    ...(atMostOnce === true
      ? { retry: { ...DELIVER_ONE.retry, nonRetryableErrorTypes: AFTER_IT_MAY_HAVE_LEFT } }
      : {}),
    taskQueue: road === 'paced' ? deliveryQueue(queue ?? delivery.destination) : CONTROL_QUEUE,
    summary: `${delivery.event.kind} → ${delivery.destination}`,
  });
  try {
    return await deliverOne({ delivery });
  } catch (error) {
    if (isCancellation(error)) throw error;
    if (wasCutOff(error)) throw new CancelledFailure('its last try failed', undefined, error);
    const timeout = timeoutOf(error);
    if (timeout === 'SCHEDULE_TO_START') {
      return digestAfterMs === undefined ? neverStarted(delivery) : 'late';
    }
    if (atMostOnce === true && timeout !== undefined) return unknownReceipt(delivery);
    return receiptOf(delivery, 'dead', causeOf(error));
  }
}

/** Counted from the event: what has waited behind others has waited. After an outage a few still go one by one. */
function startWithin({ event }: Delivery, digestAfterMs: number): number {
  return Math.max(digestAfterMs - (Date.now() - Date.parse(event.at)), digestAfterMs / 4);
}

export function unknownReceipt(delivery: Delivery): Receipt {
  return receiptOf(
    delivery,
    'unknown',
    'its worker was lost while it was sent; it may have arrived, so it is not sent again: ' +
      'look into the vendor’s log, and tell the person if it is not there',
  );
}

function neverStarted(delivery: Delivery): Receipt {
  const cause = 'given up: no worker serves its queue; restart one whose configuration has it';
  return { ...receiptOf(delivery, 'dead', cause), attempts: 0 };
}

/** Counted: no worker has given it. */
function receiptOf(delivery: Delivery, state: Receipt['state'], detail: string): Receipt {
  const { destination, key } = delivery;
  return counted({
    ...{ destination, key, state, attempts: 1, at: new Date().toISOString() },
    detail,
  });
}

/** Its last try failed, and there was to be no other: it is as open as before. */
function wasCutOff(error: unknown): error is ActivityFailure {
  return error instanceof ActivityFailure && error.retryState === RetryState.CANCEL_REQUESTED;
}

function timeoutOf(error: unknown): string | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof TimeoutFailure ? cause.timeoutType : undefined;
}

function causeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) return `${cause.type ?? 'defect'}: ${cause.message}`;
  return 'given up: it could not be delivered in the time that it had';
}
