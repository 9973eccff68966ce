import {
  CancellationScope,
  ChildWorkflowCancellationType,
  condition,
  isCancellation,
  log,
  ParentClosePolicy,
  patched,
  proxyActivities,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { clusterQueue, remediationWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type {
  ActionName,
  Attempt,
  Issue,
  RemediationActivities,
  RemediationInput,
} from '@fairlead/contracts';
import {
  findIssue,
  nextAction,
  withActing,
  withAttempt,
  withGivenUp,
  withHealed,
} from '@fairlead/domain';
import { GLANCE } from '../activity-options.ts';
import { reasonOf } from '../deployment/reason-of.ts';
import type { remediation } from '../remediation/remediation.ts';
import type { Target } from './target-state.ts';
import { tellOfIssue } from './tell-issue.ts';

/** Does what is due for an issue: its next attempt, or the end of a proposal that nobody approved. */
export async function remediate(state: Target, issue: Issue, show: () => void): Promise<void> {
  const { key } = issue;
  const action = nextAction(issue);
  if (issue.state === 'proposed' || action === undefined) {
    if (
      action !== undefined &&
      patched('a-proposal-is-looked-at') &&
      (await isWell(issue, action))
    ) {
      state.issues = withHealed(state.issues, key, Date.now());
      show();
      return;
    }
    state.issues = withGivenUp(state.issues, key, 'nobody approved what was proposed in time');
    show();
    await tell(state, key);
    return;
  }
  state.issues = withActing(state.issues, key);
  show();
  const { environment, application } = state.ledger;
  const number = state.issues.attempts;
  const attempt = await attemptOf(state, { environment, application, issue, action, number });
  state.issues = withAttempt(state.issues, key, attempt, Date.now());
  show();
  // What is overtaken is the deployment's to tell of.
  if (attempt.result !== 'overtaken' && attempt.result !== 'healthy') await tell(state, key);
}

/** Nobody is woken for what is over. Where nobody can say, it is not. */
async function isWell(issue: Issue, action: ActionName): Promise<boolean> {
  const { kind, cluster, namespace, workload, policy } = issue;
  const { clusterInspect } = proxyActivities<RemediationActivities>({
    ...GLANCE,
    taskQueue: clusterQueue(cluster),
    summary: `${issue.key}, which nobody approved`,
  });
  try {
    const { scale } = policy;
    return 'healthy' in (await clusterInspect({ action, kind, namespace, workload, scale }));
  } catch (error) {
    log.warn('whether it is well cannot be said', { issue: issue.key, why: reasonOf(error) });
    return false;
  }
}

async function tell(state: Target, key: string): Promise<void> {
  const issue = findIssue(state.issues, key);
  if (issue !== undefined) await tellOfIssue(state, issue);
}

/** A deployment that is asked for meanwhile waits for no verification: it takes over. */
async function attemptOf(state: Target, input: RemediationInput): Promise<Attempt> {
  const { action } = input;
  const scope = new CancellationScope();
  const attempting = scope.run(() => runAttempt(state, input));
  const overtaking = condition(() => state.owesStart);
  void overtaking.then(
    () => {
      scope.cancel();
    },
    () => undefined,
  );
  try {
    return await attempting;
  } catch (error) {
    const at = new Date().toISOString();
    const result = isCancellation(error) ? 'overtaken' : 'not-helped';
    const number = state.issues.attempts;
    return { number, action, at, result, detail: `its workflow ended early: ${reasonOf(error)}` };
  }
}

/** A target that was forgotten counts anew, and Temporal knows its attempts for a while: their numbers are passed over. */
async function runAttempt(state: Target, input: RemediationInput): Promise<Attempt> {
  try {
    return await (await startAttempt(input)).result();
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const number = state.issues.attempts + 1;
    state.issues = { ...state.issues, attempts: number };
    return runAttempt(state, { ...input, number });
  }
}

function startAttempt(input: RemediationInput) {
  const { environment, application, issue, action, number } = input;
  return startChild<typeof remediation>(WORKFLOW_TYPES.remediation, {
    workflowId: remediationWorkflowId(environment, application, number),
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    args: [input],
    staticSummary: `${action} for ${issue.key} of ${application} in ${environment}`,
  });
}
