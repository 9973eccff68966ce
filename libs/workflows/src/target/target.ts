import {
  allHandlersFinished,
  condition,
  makeContinueAsNewFunc,
  ParentClosePolicy,
  startChild,
  upsertMemo,
  workflowInfo,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { ChildWorkflowHandle } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { deploymentWorkflowId } from '@fairlead/contracts';
import type { DeploymentInput, Issue, TargetInput } from '@fairlead/contracts';
import { dueAtMs, emptyLedger, nextDue, withResult } from '@fairlead/domain';
import type { Ledger } from '@fairlead/domain';
import { upgradeByItself } from '../auto-upgrade.ts';
import type { deployment } from '../deployment/deployment.ts';
import { deploymentSearchAttributes } from './search-attributes.ts';
import { handleRequests } from './request-handlers.ts';
import { handleIssues } from './issue-handlers.ts';
import { endOfLost } from './lost-deployment.ts';
import { lookup } from './lookup.ts';
import type { LostEnd } from './lost-deployment.ts';
import { memoOf } from './memo.ts';
import { handleForeign } from './foreign-handler.ts';
import { handleProgress } from './progress-handler.ts';
import { Publisher } from './publisher.ts';
import { remediate } from './remediate.ts';
import { Target } from './target-state.ts';

upgradeByItself(target);

/**
 * The lock and the ledger of one environment and application. Admits one deployment at a time, remembers what ran
 * well, counts. Lives for ever: continues as new after each run, so an idle target is a handful of events.
 */
export async function target(input: TargetInput<Ledger>): Promise<void> {
  const state = new Target(input.ledger ?? emptyLedger(input.environment, input.application));
  const publisher = new Publisher(state);
  const show = () => {
    upsertMemo(memoOf(state.ledger));
    publisher.changed();
  };
  handleRequests(state);
  handleIssues(state, show);
  handleProgress(state, show);
  handleForeign(state, show);
  do {
    const issue = await nextOf(state);
    const next = state.next();
    if (next !== undefined) await runNext(state, next, show);
    else if (issue !== undefined) await remediate(state, issue, show);
    // Continue-as-new forgets updates that are still being answered; one that was admitted meanwhile runs first.
    await condition(() => allHandlersFinished() || state.owesStart);
    if (!state.owesStart) await publisher.pause();
  } while (state.owesStart);
  if (state.forgotten) {
    await publisher.forget();
    return;
  }
  // Left out, the memo would be empty until the next deployment.
  const continued = makeContinueAsNewFunc<typeof target>({ memo: memoOf(state.ledger) });
  await continued({ ...input, ledger: state.ledger });
}

/**
 * Waits for a deployment, which goes first, or for an issue that is due; answers with the issue alone, and with
 * nothing where the history has grown long by what was only noted.
 */
async function nextOf(state: Target): Promise<Issue | undefined> {
  const isCalled = () =>
    state.next() !== undefined || state.forgotten || workflowInfo().continueAsNewSuggested;
  while (!isCalled()) {
    const at = dueAtMs(state.issues);
    const isDue = () => dueAtMs(state.issues) !== at;
    if (at === undefined) await condition(() => isCalled() || isDue());
    else if (at > Date.now()) await condition(() => isCalled() || isDue(), at - Date.now());
    const issue = isCalled() ? undefined : nextDue(state.issues, Date.now());
    if (issue !== undefined) return issue;
  }
  return undefined;
}

async function runNext(state: Target, next: DeploymentInput, show: () => void): Promise<void> {
  const input = state.begin(next);
  show();
  await runDeployment(state, input);
  show();
}

async function runDeployment(state: Target, input: DeploymentInput): Promise<void> {
  const { namespace, cluster } = input.plan;
  const child = await startDeployment(state, input);
  if (child === undefined) return;
  const { result, terminated } = await child.result().then(
    (whole): LostEnd => ({ result: whole, terminated: false }),
    (error: unknown) => endOfLost(input, error),
  );
  const goal = input.goal === undefined ? {} : { goal: input.goal };
  state.ledger = withResult(state.ledger, result, { namespace, cluster, terminated, ...goal });
}

/** Starts the deployment; undefined when this request ran before, long enough ago to be forgotten here. */
async function startDeployment(
  state: Target,
  input: DeploymentInput,
): Promise<ChildWorkflowHandle<typeof deployment> | undefined> {
  const { deploymentId, plan } = input;
  try {
    const child = await startChild<typeof deployment>('deployment', {
      workflowId: deploymentWorkflowId(deploymentId),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [input],
      typedSearchAttributes: deploymentSearchAttributes(input),
      staticSummary: `${input.kind} ${plan.type} of ${plan.application} to ${plan.environment}`,
    });
    state.started(deploymentId);
    return child;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await settleKnown(state, input);
    return undefined;
  }
}

/** The ID is known to Temporal: from this target, or from another one. */
async function settleKnown(state: Target, { deploymentId, plan }: DeploymentInput): Promise<void> {
  const known = await lookup(deploymentId);
  const place = (of: { environment: string; application: string }) =>
    `${of.environment}/${of.application}`;
  if (known === undefined || place(known) === place(plan)) {
    state.ranBefore(deploymentId, known?.outcome);
  } else {
    state.isTaken(deploymentId, place(known));
  }
}
