import { CONTROL_QUEUE, WORKFLOW_TYPES, announcementWorkflowId } from '@fairlead/contracts';
import type { AnnouncementInput, Receipt } from '@fairlead/contracts';
import { UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import type { Session } from '../connection/session.ts';

/** Starts it, or finds the one that the same request has started, and waits for its receipts. */
export function tellAnnouncement(
  session: Session,
  input: AnnouncementInput,
): Promise<readonly Receipt[]> {
  const workflowId = announcementWorkflowId(input.requestId);
  const { workflow } = session.client;
  const call = { what: `the receipts of ${workflowId}`, timeoutMs: UPDATE_TIMEOUT_MS };
  return bounded(session, call, async () => {
    try {
      await workflow.start(WORKFLOW_TYPES.announcement, {
        ...{ workflowId, taskQueue: CONTROL_QUEUE, args: [input] },
        // One that was refused may be corrected under the same ID.
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `${input.event.kind} of ${input.facts.deploymentId} to ${input.to}`,
      });
    } catch (error) {
      if (!isStartedAlready(error)) throw error;
    }
    return (await workflow.getHandle(workflowId).result()) as readonly Receipt[];
  });
}

/** By name: the client library is not loaded for this. */
function isStartedAlready(error: unknown): boolean {
  return error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
}
