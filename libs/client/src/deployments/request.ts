import {
  CONTROL_QUEUE,
  SEARCH_ATTRIBUTES,
  WORKFLOW_TYPES,
  targetWorkflowId,
} from '@fairlead/contracts';
import type {
  AdmissionAnswer,
  DeploymentRequest,
  RollbackRequest,
  TargetInput,
} from '@fairlead/contracts';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { SearchAttributePair } from '@temporalio/common';
import { UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { MissingSearchAttributes } from '../connection/failures.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Session } from '../connection/session.ts';

interface AskOptions {
  readonly signal: AbortSignal;
}

/** One round trip: starts the target when it is not there, and asks it. The update ID makes a repeat harmless. */
export async function requestDeployment(
  session: Session,
  request: DeploymentRequest,
  options: AskOptions,
): Promise<AdmissionAnswer> {
  try {
    return await updateWithStart(session, request, options);
  } catch (error) {
    if (!(error instanceof MissingSearchAttributes)) throw error;
    await session.registerSearchAttributes();
    return updateWithStart(session, request, options);
  }
}

function updateWithStart(
  session: Session,
  request: DeploymentRequest,
  { signal }: AskOptions,
): Promise<AdmissionAnswer> {
  const { environment, application } = request.plan;
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES.target, {
    workflowId: targetWorkflowId(environment, application),
    taskQueue: CONTROL_QUEUE,
    args: [{ environment, application } satisfies TargetInput],
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: [
      keyword('environment', environment),
      keyword('application', application),
    ],
  });
  return bounded(
    session,
    { what: 'admission of the deployment', timeoutMs: UPDATE_TIMEOUT_MS, signal },
    () =>
      session.client.workflow.executeUpdateWithStart(MESSAGES.requestDeployment, {
        updateId: request.requestId,
        args: [request],
        startWorkflowOperation,
      }),
  );
}

function keyword(name: keyof typeof SEARCH_ATTRIBUTES, value: string): SearchAttributePair {
  return { key: { name: SEARCH_ATTRIBUTES[name], type: 'KEYWORD' }, value };
}

/** Only a target that exists knows a way back, so none is started. */
export function requestRollback(
  session: Session,
  request: RollbackRequest,
  { signal }: AskOptions,
): Promise<AdmissionAnswer> {
  const { environment, application } = request.plan;
  return bounded(
    session,
    { what: 'admission of the rollback', timeoutMs: UPDATE_TIMEOUT_MS, signal },
    () =>
      session.client.workflow
        .getHandle(targetWorkflowId(environment, application))
        .executeUpdate(MESSAGES.requestRollback, { updateId: request.requestId, args: [request] }),
  );
}
