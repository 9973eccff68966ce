import { AdapterError } from '@fairlead/contracts';
import type { Delivery, DeliveryResult } from '@fairlead/contracts';
import { deliver } from './deliver.ts';
import type { Deliverer } from './deliver.ts';
import { toReceipt } from './receipt.ts';

/**
 * Side by side between destinations, in order within one. After a failure the rest of that destination is not tried,
 * so that the order holds and a dead destination costs one timeout, not one a message. The first of each destination
 * is always tried; no other send begins when half of `timeoutMs` is over: the whole ends within one and a half of it.
 */
export async function deliverBatch(
  deliveries: readonly Delivery[],
  deliverer: Deliverer,
): Promise<readonly DeliveryResult[]> {
  const lastStartMs = deliverer.clock() + deliverer.timeoutMs / 2;
  const lanes = Object.values(Object.groupBy(deliveries, ({ destination }) => destination));
  const results = await Promise.all(
    lanes.map((lane) => deliverLane(lane ?? [], deliverer, lastStartMs)),
  );
  const byKey = new Map(results.flat().map((result) => [result.key, result]));
  return deliveries.flatMap(({ key }) => byKey.get(key) ?? []);
}

async function deliverLane(
  lane: readonly Delivery[],
  deliverer: Deliverer,
  lastStartMs: number,
): Promise<readonly DeliveryResult[]> {
  const results: DeliveryResult[] = [];
  for (const [index, delivery] of lane.entries()) {
    const result =
      index > 0 && deliverer.clock() > lastStartMs
        ? { key: delivery.key, failed: 'not tried: those before it took too long' }
        : await deliverInBatch(delivery, deliverer);
    results.push(result);
    if ('failed' in result) return [...results, ...notTried(lane.slice(index + 1))];
  }
  return results;
}

async function deliverInBatch(delivery: Delivery, deliverer: Deliverer): Promise<DeliveryResult> {
  const { key } = delivery;
  try {
    return { key, receipt: toReceipt(delivery, await deliver(delivery, deliverer), 1) };
  } catch (error) {
    if (error instanceof AdapterError) return { key, failed: `${error.type}: ${error.message}` };
    return { key, failed: 'the worker stopped before it was answered' };
  }
}

function notTried(rest: readonly Delivery[]): readonly DeliveryResult[] {
  return rest.map(({ key }) => ({ key, failed: 'not tried: the one before it failed' }));
}
