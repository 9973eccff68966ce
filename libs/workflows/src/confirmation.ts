import { ActivityFailure, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { ConfirmationActivities, ConfirmationInput, Receipt } from '@fairlead/contracts';
import { receiptsQuery } from '@fairlead/contracts/messages';
import { CONFIRM } from './activity-options.ts';
import { upgradeByItself } from './auto-upgrade.ts';
import { pointingTo } from './outbox/pointing-to.ts';
import { tellFallback, withStandIn } from './outbox/to-digest.ts';

/** From one question to the next. An SMS is given up by Twilio after an hour: the last question comes behind that. */
const ASK_AFTER = ['10s', '50s', '4m', '25m', '45m'] as const;

upgradeByItself(confirmation);

/**
 * Asks what became of one accepted message, until its other side says it, five times in 75 minutes. Where it was not
 * delivered the fallback is told it in its place. Answers with the receipts of the deliveries that the message told,
 * and of the fallback; none where nobody said anything, and then they stay `accepted`.
 */
export async function confirmation({
  receipt,
  message,
  keys,
}: ConfirmationInput): Promise<readonly Receipt[]> {
  let receipts: readonly Receipt[] = [];
  setHandler(receiptsQuery, () => receipts, { description: 'What became of the message' });
  for (const wait of ASK_AFTER) {
    await sleep(wait);
    const said = await ask(receipt);
    if (said === null) continue;
    const told = withStandIn(message, said);
    receipts = keys.map((key) => pointingTo(receipt.key, { ...told, key }));
    // It may still come.
    if (said.state === 'accepted') continue;
    if (said.state === 'dead') receipts = [...receipts, ...(await tellFallback([message]))];
    break;
  }
  return receipts;
}

/** Null too where it could not be asked: the next question is as good. */
async function ask(receipt: Receipt): Promise<Receipt | null> {
  const { confirmDelivery } = proxyActivities<ConfirmationActivities>({
    ...CONFIRM,
    taskQueue: CONTROL_QUEUE,
    summary: receipt.destination,
  });
  try {
    return await confirmDelivery({ receipt });
  } catch (error) {
    if (error instanceof ActivityFailure) return null;
    throw error;
  }
}
