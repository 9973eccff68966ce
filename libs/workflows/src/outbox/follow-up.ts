import type { OpenDelivery, Receipt } from '@fairlead/contracts';
import { askLater, isConfirmedLater } from './ask-later.ts';
import { addToDigest, tellFallback, withStandIn } from './to-digest.ts';

/** Whether nothing follows from a receipt. */
export function endsHere(open: OpenDelivery, receipt: Receipt): boolean {
  if (isConfirmedLater(open, receipt)) return false;
  return (
    receipt.heldUntil === undefined && (receipt.state !== 'dead' || open.fallback === undefined)
  );
}

/**
 * What follows from a receipt: the digest takes what is held, the fallback is told in place of what is dead, and who
 * has accepted a message is asked later what became of it. Answers with all receipts there are then.
 */
export async function followUp(open: OpenDelivery, receipt: Receipt): Promise<Receipt[]> {
  if (isConfirmedLater(open, receipt)) {
    return [await askLater({ receipt, message: open, keys: [open.delivery.key] })];
  }
  if (receipt.heldUntil !== undefined) {
    await addToDigest([{ open, dueAt: receipt.heldUntil }]);
    return [receipt];
  }
  if (receipt.state !== 'dead' || open.fallback === undefined) return [receipt];
  return [withStandIn(open, receipt), ...(await tellFallback([open]))];
}
