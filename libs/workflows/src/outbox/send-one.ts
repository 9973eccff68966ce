import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import { CONTROL_QUEUE, deliveryQueue } from '@fairlead/contracts';
import type { Delivery, DeliveryActivities, Receipt, Road } from '@fairlead/contracts';
import { DELIVER_ONE } from '../activity-options.ts';

/** Sends one delivery alone. What can never be delivered comes back as a dead receipt; cancellation is thrown on. */
export async function sendOne(
  delivery: Delivery,
  road: Road,
  options: Pick<ActivityOptions, 'scheduleToCloseTimeout'> = {},
): Promise<Receipt> {
  const { deliverOne } = proxyActivities<DeliveryActivities>({
    ...DELIVER_ONE,
    ...options,
    taskQueue: road === 'paced' ? deliveryQueue(delivery.destination) : CONTROL_QUEUE,
    summary: `${delivery.event.kind} → ${delivery.destination}`,
  });
  try {
    return await deliverOne({ delivery });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return deadReceipt(delivery, error);
  }
}

function deadReceipt(delivery: Delivery, error: unknown): Receipt {
  return {
    destination: delivery.destination,
    key: delivery.key,
    state: 'dead',
    attempts: 1,
    at: new Date().toISOString(),
    detail: causeOf(error),
  };
}

function causeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) return `${cause.type ?? 'defect'}: ${cause.message}`;
  return 'given up: it could not be delivered in the time that it had';
}
