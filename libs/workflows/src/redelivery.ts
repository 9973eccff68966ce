import { setHandler } from '@temporalio/workflow';
import type { OpenDelivery, Receipt, RedeliveryInput } from '@fairlead/contracts';
import { alsoDeliverSignal, receiptsQuery } from '@fairlead/contracts/messages';
import { REDELIVERY_LIMIT_MS } from './activity-options.ts';
import { endsHere, followUp } from './outbox/follow-up.ts';
import { sendOne } from './outbox/send-one.ts';
import { lateToDigest } from './outbox/to-digest.ts';

/** One attempt of 10 s and a margin. */
const LAST_TRY_MS = 15_000;

/** Goes on with the deliveries that were open when a deployment closed: in order for each destination, for a day. */
export async function redelivery(input: RedeliveryInput): Promise<readonly Receipt[]> {
  const receipts = new Map<string, Receipt>();
  setHandler(receiptsQuery, () => [...receipts.values()], {
    description: 'Receipts of the deliveries that this workflow has ended',
  });
  const keep = (more: readonly Receipt[]) => {
    for (const receipt of more) receipts.set(receipt.key, receipt);
  };
  const deadlineMs = Date.now() + REDELIVERY_LIMIT_MS;
  const queues = new Map<string, OpenDelivery[]>();
  const take = (more: readonly OpenDelivery[]) => {
    for (const open of more) {
      const { destination } = open.delivery;
      const queue = queues.get(destination) ?? [];
      queue.push(open);
      queues.set(destination, queue);
    }
  };

  async function sendAll(waiting: OpenDelivery[]): Promise<void> {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      // Past the deadline each of the rest still has one quick try before it is given up.
      const scheduleToCloseTimeout = Math.max(deadlineMs - Date.now(), LAST_TRY_MS);
      const sent = await sendOne(next, { scheduleToCloseTimeout });
      if (sent === 'late') {
        keep(await lateToDigest(waiting.splice(0)));
        continue;
      }
      keep(endsHere(next, sent) ? [sent] : await followUp(next, sent));
      waiting.shift();
    }
  }

  take(input.open);
  setHandler(alsoDeliverSignal, take, { description: 'Goes on with these too' });
  do {
    await Promise.all([...queues.values()].map(sendAll));
  } while ([...queues.values()].some(({ length }) => length > 0));
  return [...receipts.values()];
}
