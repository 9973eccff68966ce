import { Context } from '@temporalio/activity';
import type { Receipt } from '@fairlead/contracts';

/**
 * `fairlead_deliveries_total{destination,state}` on the worker's metrics: receipts that this process gave. One that is
 * held is counted when it is held, and again when it is told; so is one whose other side says later what became of it.
 */
export function countReceipt({ destination, state }: Receipt): void {
  Context.current()
    .metricMeter.createCounter(
      'fairlead_deliveries',
      '1',
      'Receipts of deliveries by destination and state',
    )
    .add(1, { destination, state });
}
