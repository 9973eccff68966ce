import {
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import { lonelyDeliveryWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { OpenDelivery, Receipt } from '@fairlead/contracts';
import type { redelivery } from '../redelivery.ts';

/**
 * What is never repeated is sent by a workflow of its own, which the end of the run does not cut off in the middle of
 * an attempt. `started` is called once it is on: from then on nobody else may send it.
 */
export async function sendLonely(
  deploymentId: string,
  open: OpenDelivery,
  started: () => void,
): Promise<readonly Receipt[]> {
  const child = await CancellationScope.nonCancellable(() =>
    startChild<typeof redelivery>(WORKFLOW_TYPES.redelivery, {
      workflowId: lonelyDeliveryWorkflowId(open.delivery.key),
      args: [{ deploymentId, open: [open] }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      staticSummary: `${open.delivery.event.kind} → ${open.delivery.destination}`,
    }),
  );
  started();
  return await Promise.race([child.result(), CancellationScope.current().cancelRequested]);
}
