import {
  CancellationScope,
  condition,
  isCancellation,
  log,
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
  Receipt,
  RedeliveryInput,
  Road,
  Route,
} from '@fairlead/contracts';
import { isNotified } from '@fairlead/domain';
import { DELIVER_BATCH } from '../activity-options.ts';
import { sendOne } from './send-one.ts';

/**
 * Dispatches events to their destinations without making the run wait: in order for each destination, side by side
 * between destinations. Keyed destinations that are caught up share one activity; one that failed goes on alone, and
 * so does every paced one.
 */
export class Outbox {
  private readonly routes = new Map<string, Route>();
  private readonly waiting = new Map<string, Delivery[]>();
  /** Destinations that have a lane of their own at work. */
  private readonly alone = new Set<string>();
  private readonly byKey = new Map<string, Receipt>();
  /** Its own root: a run that is cancelled still tells people. Only `close` cancels it. */
  private readonly scope = new CancellationScope({
    cancellable: true,
    parent: new CancellationScope({ cancellable: false }),
  });
  private sharing = false;

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.routes.set(route.destination, route);
  }

  /** Every event has a receipt for each destination that its route names, from the moment it is appended. */
  append(event: DeploymentEvent, facts: MessageFacts): void {
    if (!isNotified(event.kind)) return;
    for (const { destination, kinds } of this.routes.values()) {
      if (!kinds.includes(event.kind)) continue;
      const delivery = { key: `${event.id}/${destination}`, destination, event, facts };
      this.queueOf(destination).push(delivery);
      this.byKey.set(delivery.key, pendingReceipt(delivery));
    }
    this.pump();
  }

  receipts(): Receipt[] {
    return [...this.byKey.values()];
  }

  /** Waits a little for what is under way; what is still open then goes to `redelivery`, which nobody waits for. */
  async close(deploymentId: string, waitMs: number): Promise<void> {
    await condition(() => this.open().length === 0, waitMs);
    if (this.open().length === 0) return;
    this.scope.cancel();
    await condition(() => !this.sharing && this.alone.size === 0);
    const open = this.open();
    if (open.length > 0) await handOver(redeliveryWorkflowId(deploymentId), { deploymentId, open });
  }

  private open(): RedeliveryInput['open'] {
    return [...this.waiting.entries()].flatMap(([destination, deliveries]) =>
      deliveries.map((delivery) => ({ delivery, road: this.roadOf(destination) })),
    );
  }

  private pump(): void {
    for (const [destination, queue] of this.waiting) {
      if (queue.length > 0 && this.roadOf(destination) === 'paced') this.startLane(destination);
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
  private caughtUp(): Delivery[] {
    return [...this.waiting.entries()].flatMap(([destination, queue]) =>
      this.roadOf(destination) === 'keyed' && !this.alone.has(destination) ? queue : [],
    );
  }

  private async share(): Promise<void> {
    for (let batch = this.caughtUp(); batch.length > 0; batch = this.caughtUp()) {
      for (const result of await deliverBatch(batch)) {
        if ('receipt' in result) this.settle(result.receipt);
      }
      for (const { key, destination } of batch) {
        if (this.byKey.get(key)?.state === 'pending') this.startLane(destination);
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
      this.settle(await sendOne(next, this.roadOf(destination)));
    }
  }

  private settle(receipt: Receipt): void {
    this.byKey.set(receipt.key, receipt);
    const queue = this.queueOf(receipt.destination);
    const index = queue.findIndex(({ key }) => key === receipt.key);
    if (index >= 0) queue.splice(index, 1);
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

  private queueOf(destination: string): Delivery[] {
    const queue = this.waiting.get(destination) ?? [];
    this.waiting.set(destination, queue);
    return queue;
  }

  private roadOf(destination: string): Road {
    return this.routes.get(destination)?.road ?? 'keyed';
  }
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
