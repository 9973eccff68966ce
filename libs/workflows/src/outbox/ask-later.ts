import {
  CancellationScope,
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { confirmationWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { OpenDelivery, Receipt } from '@fairlead/contracts';
import type { confirmation } from '../confirmation.ts';

/** Whether the other side has taken a message, and says later what became of it. */
export function isConfirmedLater({ saysLater }: OpenDelivery, { state }: Receipt): boolean {
  return saysLater === true && state === 'accepted';
}

/** One message, and the keys of the deliveries that it told. */
export interface AcceptedMessage {
  readonly receipt: Receipt;
  readonly message: OpenDelivery;
  readonly keys: readonly string[];
}

/**
 * Starts the workflow that asks what became of an accepted message, which nobody waits for: the end of the run does
 * not end it. Answers with the receipt that names it.
 */
export async function askLater(accepted: AcceptedMessage): Promise<Receipt> {
  const { receipt } = accepted;
  const workflowId = confirmationWorkflowId(receipt.key);
  try {
    await CancellationScope.nonCancellable(() =>
      startChild<typeof confirmation>(WORKFLOW_TYPES.confirmation, {
        workflowId,
        args: [accepted],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        cancellationType: ChildWorkflowCancellationType.ABANDON,
        staticSummary: `what became of ${receipt.key}`,
      }),
    );
  } catch (error) {
    // One of this message is on already: it is the one that asks.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return { ...receipt, confirmedBy: workflowId };
}
