import { WORKFLOW_TYPES, targetWorkflowId } from '@fairlead/contracts';
import type { LedgerView } from '@fairlead/contracts';
import { QUERY_TIMEOUT_MS, UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import type { Call } from '../connection/bounded.ts';
import { NotFound, isNoWorker } from '../connection/failures.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Session } from '../connection/session.ts';

export interface TargetName {
  readonly environment: string;
  readonly application: string;
}

/** As `readLedger`, but asks the target alone: without a worker it fails. */
export async function queryLedger(
  session: Session,
  target: TargetName,
): Promise<LedgerView | undefined> {
  try {
    return await bounded(session, ledgerCall(target), () =>
      handleOf(session, target).query(MESSAGES.ledger),
    );
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/**
 * Undefined: Fairlead has never deployed there, or the target was forgotten. Without a worker, the memo stands in:
 * the same but for what a halted deployment left.
 */
export async function readLedger(
  session: Session,
  target: TargetName,
): Promise<LedgerView | undefined> {
  try {
    return await queryLedger(session, target);
  } catch (error) {
    if (!isNoWorker(error)) throw error;
    const { memo } = await bounded(session, ledgerCall(target), () =>
      handleOf(session, target).describe(),
    );
    if (memo?.ledger === undefined) throw error;
    return memo.ledger as LedgerView;
  }
}

function handleOf(session: Session, { environment, application }: TargetName) {
  return session.client.workflow.getHandle(targetWorkflowId(environment, application));
}

function ledgerCall({ environment, application }: TargetName): Call {
  return { what: `the state of ${environment}/${application}`, timeoutMs: QUERY_TIMEOUT_MS };
}

/** Every target that Temporal knows, of one environment or of all, by name. Needs no worker. */
export async function listTargets(
  session: Session,
  environment: string | undefined,
): Promise<readonly TargetName[]> {
  const running = `WorkflowType = '${WORKFLOW_TYPES.target}' AND ExecutionStatus = 'Running'`;
  const ids = await bounded(
    session,
    { what: 'the list of targets', timeoutMs: QUERY_TIMEOUT_MS },
    async () => {
      const found: string[] = [];
      for await (const { workflowId } of session.client.workflow.list({ query: running })) {
        found.push(workflowId);
      }
      return found;
    },
  );
  return [...new Set(ids)]
    .toSorted()
    .flatMap((id) => targetOfId(id) ?? [])
    .filter((target) => environment === undefined || target.environment === environment);
}

function targetOfId(workflowId: string): TargetName | undefined {
  const [, environment, application] = workflowId.split('/');
  return environment === undefined || application === undefined
    ? undefined
    : { environment, application };
}

export function forgetTarget(
  session: Session,
  target: TargetName,
  asked: { readonly actor: string; readonly force?: boolean },
) {
  return bounded(
    session,
    {
      what: `the end of ${target.environment}/${target.application}`,
      timeoutMs: UPDATE_TIMEOUT_MS,
    },
    () => handleOf(session, target).executeUpdate(MESSAGES.forget, { args: [asked] }),
  );
}

export function withdrawQueued(
  session: Session,
  target: TargetName,
  request: { readonly deploymentId: string; readonly actor: string; readonly reason?: string },
) {
  return bounded(
    session,
    { what: `the withdrawal of ${request.deploymentId}`, timeoutMs: UPDATE_TIMEOUT_MS },
    () => handleOf(session, target).executeUpdate(MESSAGES.withdraw, { args: [request] }),
  );
}
