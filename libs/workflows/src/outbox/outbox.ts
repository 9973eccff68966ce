import {
  CancellationScope,
  condition,
  isCancellation,
  log,
  patched,
  proxyActivities,
  startChild,
  ParentClosePolicy,
} from '@temporalio/workflow';
import { CONTROL_QUEUE, redeliveryWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type {
  Delivery,
  DeliveryActivities,
  DeliveryResult,
  DeploymentEvent,
  MessageFacts,
  OpenDelivery,
  Receipt,
  RedeliveryInput,
  SettingsSnapshot,
} from '@fairlead/contracts';
import { isNotified } from '@fairlead/domain';
import { DELIVER_BATCH } from '../activity-options.ts';
import { endsHere, followUp } from './follow-up.ts';
import { isToldBy, openDelivery } from './open-delivery.ts';
import { resultOfLonely, sendBehind, startLonely } from './send-lonely.ts';
import type { Lonely } from './send-lonely.ts';
import { sendOne, unknownReceipt } from './send-one.ts';
import { lateToDigest } from './to-digest.ts';

/** A digest is due within `digest_after`; a busy queue or worker may have it out so much later. */
const DIGEST_LATE_MS = 30_000;
/** For the answer to what is on its way when all else is handed over; most vendors take a tenth of it. */
const LAST_ANSWER_MS = 5_000;

/**
 * Dispatches events to their destinations without making the run wait: in order for each destination, side by side
 * between destinations. Keyed destinations that are caught up share one activity; one that failed goes on alone, and
 * so does every paced one.
 */
export class Outbox {
  private readonly deploymentId: string;
  private readonly settings: SettingsSnapshot;
  private readonly waiting = new Map<string, OpenDelivery[]>();
  /** By destination: the workflow that sends the first of its queue. */
  private readonly lonely = new Map<string, Lonely>();
  /** Destinations that have a lane of their own at work. */
  private readonly alone = new Set<string>();
  private readonly byKey = new Map<string, Receipt>();
  /** By destination: how long something that came too late may wait in its digest. */
  private readonly digestUntilMs = new Map<string, number>();
  /** Its own root: a run that is cancelled still tells people. Only `close` cancels it. */
  private readonly scope = new CancellationScope({
    cancellable: true,
    parent: new CancellationScope({ cancellable: false }),
  });
  private sharing = false;

  constructor(deploymentId: string, settings: SettingsSnapshot) {
    this.deploymentId = deploymentId;
    this.settings = settings;
  }

  /** Every event has a receipt for each destination that its route names, from the moment it is appended. */
  append(event: DeploymentEvent, facts: MessageFacts): void {
    if (!isNotified(event.kind)) return;
    for (const route of this.settings.routes) {
      const { destination } = route;
      if (!isToldBy(route, event)) continue;
      const delivery = { key: `${event.id}/${destination}`, destination, event, facts };
      this.queueOf(destination).push(openDelivery(route, delivery, this.settings));
      this.byKey.set(delivery.key, pendingReceipt(delivery));
    }
    this.pump();
  }

  receipts(): Receipt[] {
    return [...this.byKey.values()];
  }

  /** Waits a little for what is under way; what is still open then goes to `redelivery`, which nobody waits for. */
  async close(waitMs: number): Promise<void> {
    if (await condition(() => this.unsettled().length === 0, waitMs)) return;
    this.scope.cancel();
    // Handed over while a vendor takes it, it would be told twice. A run from before did not wait.
    if (patched('outbox-awaits-answers')) await condition(() => this.isIdle(), LAST_ANSWER_MS);
    const open = await this.leftOpen();
    if (open.length === 0) return;
    const { deploymentId } = this;
    await handOver(redeliveryWorkflowId(deploymentId), { deploymentId, open });
  }

  /** What is to be handed over: a workflow that sends the first of a queue takes the rest of it too. */
  private async leftOpen(): Promise<OpenDelivery[]> {
    const open: OpenDelivery[] = [];
    for (const [destination, queue] of this.waiting) {
      const lonely = this.lonely.get(destination);
      const rest = lonely === undefined ? queue : queue.slice(1);
      if (rest.length === 0 || (lonely && (await sendBehind(lonely, rest)))) continue;
      open.push(...rest);
    }
    return open;
  }

  private isIdle(): boolean {
    return !this.sharing && this.alone.size === 0;
  }

  private unsettled(): OpenDelivery[] {
    return [...this.waiting.values()].flat();
  }

  private pump(): void {
    for (const [destination, queue] of this.waiting) {
      if (queue[0] !== undefined && !isShared(queue[0])) this.startLane(destination);
    }
    if (!this.sharing && this.caughtUp().length > 0) {
      this.sharing = true;
      this.run(
        () => this.share(),
        () => (this.sharing = false),
      );
    }
  }

  /** What keyed destinations without trouble have waiting. */
  private caughtUp(): OpenDelivery[] {
    return [...this.waiting.entries()].flatMap(([destination, queue]) =>
      queue[0] !== undefined && isShared(queue[0]) && !this.alone.has(destination) ? queue : [],
    );
  }

  private async share(): Promise<void> {
    for (let batch = this.caughtUp(); batch.length > 0; batch = this.caughtUp()) {
      const results = await deliverBatch(batch.map(({ delivery }) => delivery));
      const receipts = new Map(
        results.flatMap((result) => ('receipt' in result ? [[result.key, result.receipt]] : [])),
      );
      for (const open of batch) {
        const receipt = receipts.get(open.delivery.key);
        if (receipt === undefined) this.startLane(open.delivery.destination);
        else this.settle(endsHere(open, receipt) ? [receipt] : await followUp(open, receipt));
      }
    }
  }

  private startLane(destination: string): void {
    if (this.alone.has(destination)) return;
    this.alone.add(destination);
    this.run(
      () => this.sendAlone(destination),
      () => this.alone.delete(destination),
    );
  }

  private async sendAlone(destination: string): Promise<void> {
    const queue = this.queueOf(destination);
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      if (next.atMostOnce === true) {
        this.settle(await this.sendApart(next));
        continue;
      }
      const sent = this.followsIntoDigest(destination) ? 'late' : await sendOne(next);
      if (sent === 'late') {
        const untilMs = Date.now() + (next.digestAfterMs ?? 0) + DIGEST_LATE_MS;
        this.digestUntilMs.set(destination, untilMs);
        this.settle(await lateToDigest([...queue]));
      } else this.settle(endsHere(next, sent) ? [sent] : await followUp(next, sent));
    }
  }

  /** What comes after something that waits in the digest waits there too: alone it would be told before it. */
  private followsIntoDigest(destination: string): boolean {
    const untilMs = this.digestUntilMs.get(destination);
    return untilMs !== undefined && Date.now() < untilMs && patched('follow-into-digest');
  }

  /** Whatever becomes of the workflow that sends it: nobody sends it again. */
  private async sendApart(open: OpenDelivery): Promise<readonly Receipt[]> {
    const { destination } = open.delivery;
    try {
      const lonely = await startLonely(this.deploymentId, open);
      this.lonely.set(destination, lonely);
      const receipts = await resultOfLonely(lonely);
      this.lonely.delete(destination);
      return receipts;
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.lonely.delete(destination);
      return [unknownReceipt(open.delivery)];
    }
  }

  private settle(receipts: readonly Receipt[]): void {
    for (const receipt of receipts) {
      this.byKey.set(receipt.key, receipt);
      const queue = this.queueOf(receipt.destination);
      const index = queue.findIndex(({ delivery }) => delivery.key === receipt.key);
      if (index >= 0) queue.splice(index, 1);
    }
  }

  private run(lane: () => Promise<void>, done: () => void): void {
    void this.scope
      .run(lane)
      .catch((error: unknown) => {
        if (!isCancellation(error)) log.error('outbox lane ended early', { error: String(error) });
      })
      .finally(() => {
        done();
        if (!this.scope.consideredCancelled) this.pump();
      });
  }

  private queueOf(destination: string): OpenDelivery[] {
    const queue = this.waiting.get(destination) ?? [];
    this.waiting.set(destination, queue);
    return queue;
  }
}

/** What opens and closes something goes alone: cut off with a batch and sent again, it would open it again. */
function isShared({ road, oneByOne }: OpenDelivery): boolean {
  return road === 'keyed' && oneByOne !== true;
}

async function deliverBatch(deliveries: readonly Delivery[]): Promise<readonly DeliveryResult[]> {
  const { deliverBatch: send } = proxyActivities<DeliveryActivities>({
    ...DELIVER_BATCH,
    taskQueue: CONTROL_QUEUE,
    summary: [...new Set(deliveries.map(({ event }) => event.kind))].join(', '),
  });
  try {
    return await send({ deliveries });
  } catch (error) {
    if (isCancellation(error)) throw error;
    // The batch as a whole did not come through: each destination goes on alone, with its own receipt.
    return [];
  }
}

/** Starts the workflow that goes on with what is open. Closing its parent does not end it. */
export async function handOver(
  workflowId: string,
  { deploymentId, open }: RedeliveryInput,
): Promise<void> {
  await startChild(WORKFLOW_TYPES.redelivery, {
    workflowId,
    args: [{ deploymentId, open }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `${open.length} deliveries of ${deploymentId}`,
  });
}

function pendingReceipt({ key, destination, event }: Delivery): Receipt {
  return { key, destination, state: 'pending', attempts: 0, at: event.at };
}
