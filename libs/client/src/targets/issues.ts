import { CONTROL_QUEUE, WORKFLOW_TYPES, targetWorkflowId } from '@fairlead/contracts';
import type { IssueAnswer, IssueCommand, IssueReport, TargetInput } from '@fairlead/contracts';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Session } from '../connection/session.ts';
import type { TargetName } from './targets.ts';

/** One round trip: starts the target where nothing was ever deployed, and tells it of the issue. */
export function reportIssue(
  session: Session,
  report: IssueReport,
  updateId?: string,
): Promise<IssueAnswer> {
  const { environment, application } = report;
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES.target, {
    workflowId: targetWorkflowId(environment, application),
    taskQueue: CONTROL_QUEUE,
    args: [{ environment, application } satisfies TargetInput],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  return bounded(session, { what: 'the look at what is wrong', timeoutMs: UPDATE_TIMEOUT_MS }, () =>
    session.client.workflow.executeUpdateWithStart(MESSAGES.reportIssue, {
      args: [report],
      ...(updateId === undefined ? {} : { updateId }),
      startWorkflowOperation,
    }),
  );
}

export function approveIssue(session: Session, target: TargetName, command: IssueCommand) {
  return bounded(
    session,
    { what: `the approval of ${command.issue}`, timeoutMs: UPDATE_TIMEOUT_MS },
    () => handleOf(session, target).executeUpdate(MESSAGES.approveIssue, { args: [command] }),
  );
}

export function dismissIssue(session: Session, target: TargetName, command: IssueCommand) {
  return bounded(
    session,
    { what: `the end of ${command.issue}`, timeoutMs: UPDATE_TIMEOUT_MS },
    () => handleOf(session, target).executeUpdate(MESSAGES.dismissIssue, { args: [command] }),
  );
}

function handleOf(session: Session, { environment, application }: TargetName) {
  return session.client.workflow.getHandle(targetWorkflowId(environment, application));
}
