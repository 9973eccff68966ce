import { metricMeter } from '@temporalio/workflow';
import type { Receipt } from '@fairlead/contracts';

/**
 * A receipt that no worker gave: its own was lost, or it was given up. Counted where it is decided, beside those that
 * workers count: `fairlead_deliveries_total{destination,state}`. A replay counts nothing again.
 */
export function counted(receipt: Receipt): Receipt {
  const { destination, state } = receipt;
  metricMeter
    .createCounter('fairlead_deliveries', '1', 'Receipts of deliveries by destination and state')
    .add(1, { destination, state });
  return receipt;
}
