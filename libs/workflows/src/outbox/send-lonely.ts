import {
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { ChildWorkflowHandle } from '@temporalio/workflow';
import { lonelyDeliveryWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { OpenDelivery, Receipt } from '@fairlead/contracts';
import { alsoDeliverSignal } from '@fairlead/contracts/messages';
import type { redelivery } from '../redelivery.ts';

export type Lonely = ChildWorkflowHandle<typeof redelivery>;

/**
 * What is never repeated is sent by a workflow of its own, which the end of the run does not cut off in the middle of
 * an attempt. From its start on nobody else may send it.
 */
export function startLonely(deploymentId: string, open: OpenDelivery): Promise<Lonely> {
  return CancellationScope.nonCancellable(() =>
    startChild<typeof redelivery>(WORKFLOW_TYPES.redelivery, {
      workflowId: lonelyDeliveryWorkflowId(open.delivery.key),
      // One that ended is not begun again: what it has sent is sent.
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      args: [{ deploymentId, open: [open] }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      staticSummary: `${open.delivery.event.kind} → ${open.delivery.destination}`,
    }),
  );
}

/** Its receipts; rejects when the run is over and nobody waits any more. */
export function resultOfLonely(lonely: Lonely): Promise<readonly Receipt[]> {
  return Promise.race([lonely.result(), CancellationScope.current().cancelRequested]);
}

/** Behind what it is sending. False when it has ended meanwhile. */
export async function sendBehind(lonely: Lonely, rest: readonly OpenDelivery[]): Promise<boolean> {
  try {
    await lonely.signal(alsoDeliverSignal, rest);
    return true;
  } catch {
    return false;
  }
}
