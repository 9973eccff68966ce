import {
  Client,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { ConnectionLike } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { CONTROL_QUEUE, endsByWell, targetWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { IssueAnswer, IssueReport, IssueView, TargetInput } from '@fairlead/contracts';
import { ledgerQuery, reportIssueUpdate, workloadWellSignal } from '@fairlead/contracts/messages';

/** What a target says to a report; `refused` has one of the contract's `REJECTIONS`. */
export type Reported =
  | { readonly taken: IssueAnswer }
  | { readonly refused: { readonly type: string; readonly message: string } };

export interface IssueReports {
  /** Starts the target where nothing was ever deployed. Throws where Temporal does not answer within 30 s. */
  report(report: IssueReport): Promise<Reported>;
  /**
   * Says that a workload has been well for a while, where a target has an issue of it that this ends. Throws where nobody
   * answers within 30 s.
   */
  well(workload: WellWorkload): Promise<void>;
}

/** A workload, and whose it is. */
type WellWorkload = Pick<IssueReport, 'environment' | 'application' | 'namespace'> & {
  readonly workload: string;
};

/** The target may have to ask the cluster, and its own worker may be busy. */
const TIMEOUT_MS = 30_000;

/** Tells targets of issues. */
export function createIssueReports({
  connection,
  namespace,
}: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}): IssueReports {
  const client = new Client({ connection, namespace });
  return {
    async report(report) {
      const { environment, application } = report;
      const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES.target, {
        workflowId: targetWorkflowId(environment, application),
        taskQueue: CONTROL_QUEUE,
        args: [{ environment, application } satisfies TargetInput],
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      try {
        const taken = await client.withDeadline(Date.now() + TIMEOUT_MS, () =>
          client.workflow.executeUpdateWithStart(reportIssueUpdate, {
            args: [report],
            startWorkflowOperation,
          }),
        );
        return { taken };
      } catch (error) {
        const refused = refusalIn(error);
        if (refused === undefined) throw error;
        return { refused };
      }
    },
    async well({ environment, application, namespace, workload }) {
      const target = client.workflow.getHandle(targetWorkflowId(environment, application));
      try {
        await client.withDeadline(Date.now() + TIMEOUT_MS, async () => {
          // Asked first: a question leaves no trace in a history that lives for ever.
          const { issues } = await target.query(ledgerQuery);
          const isIts = (one: IssueView) =>
            one.namespace === namespace && one.workload === workload;
          if (issues?.some((one) => isIts(one) && endsByWell(one)) !== true) return;
          await target.signal(workloadWellSignal, { namespace, workload });
        });
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },
  };
}

function refusalIn(error: unknown): { type: string; message: string } | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return undefined;
  return { type: cause.type ?? 'defect', message: cause.message };
}
