import {
  Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
} from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import {
  AdapterError,
  CONTROL_QUEUE,
  FAILURES,
  provisioningWorkflowId,
  WORKFLOW_TYPES,
} from '@fairlead/contracts';
import type { FailureType, ProvisionChange, ProvisionInput } from '@fairlead/contracts';

interface ProvisionRequest {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly input: ProvisionInput;
}

/**
 * Has a worker provision one system, and waits for what came of it. One that is under way is waited for first: two
 * never run at once.
 * @throws AdapterError with the system's own words
 */
export async function provision(request: ProvisionRequest): Promise<readonly ProvisionChange[]> {
  const { connection, namespace, input } = request;
  const client = new Client({ connection, namespace });
  const workflowId = provisioningWorkflowId(input.system);
  for (;;) {
    try {
      return await client.workflow.execute<
        (input: ProvisionInput) => Promise<readonly ProvisionChange[]>
      >(WORKFLOW_TYPES.provisioning, {
        workflowId,
        taskQueue: CONTROL_QUEUE,
        args: [input],
        staticSummary: `${input.verb} dashboards and alerts of ${input.system}`,
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw told(error);
      await client.workflow
        .getHandle(workflowId)
        .result()
        .catch(() => undefined);
    }
  }
}

function told(error: unknown): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  const { cause } = error;
  const failure = cause instanceof ActivityFailure ? cause.cause : cause;
  if (!(failure instanceof ApplicationFailure) || !isFailureType(failure.type)) return error;
  return new AdapterError(failure.type, failure.message);
}

function isFailureType(type: string | undefined | null): type is FailureType {
  return typeof type === 'string' && Object.hasOwn(FAILURES, type);
}
