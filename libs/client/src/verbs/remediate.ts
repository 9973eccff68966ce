import type { IssueKind, IssueReport, IssueView } from '@fairlead/contracts';
import { issuePlace } from '../asking/plan.ts';
import { refusal } from '../asking/refusal.ts';
import { Rejection } from '../connection/failures.ts';
import { usageError } from '../errors/fairlead-error.ts';
import { followIssue } from '../targets/follow-issue.ts';
import { reportIssue } from '../targets/issues.ts';
import { queryLedger } from '../targets/targets.ts';
import type { Context } from './context.ts';
import type { PlaceOptions, RequestOptions, WaitOptions } from './options.ts';
import { requestIdOf } from './run.ts';

export interface RemediateOptions extends PlaceOptions, RequestOptions, WaitOptions {
  /** Default: the environment's. */
  readonly namespace?: string;
  /** The pod that is in trouble. */
  readonly pod?: string;
  /** The Kubernetes Deployment that is in trouble, where no pod is named. */
  readonly deployment?: string;
}

/** What came of an issue. */
export interface RemediationEnd {
  readonly healed: boolean;
  /** With every attempt; `proposed` where a person must say yes first. */
  readonly issue: IssueView;
}

/** Reports an issue, and waits until nothing more is tried. */
export async function remediate(
  context: Context,
  kind: IssueKind,
  options: RemediateOptions,
): Promise<RemediationEnd> {
  const { pod, deployment, reason, signal = new AbortController().signal } = options;
  if (pod === undefined && deployment === undefined) {
    throw usageError('Name what is in trouble: pod or deployment.');
  }
  const { session, caller } = context;
  const place = issuePlace({ ...options, config: options.config ?? context.config }, context);
  const { environment, application, cluster, namespace } = place;
  const target = { environment, application };
  const report: IssueReport = {
    ...{ kind, ...target, cluster, namespace },
    ...(pod === undefined ? {} : { pod }),
    ...(deployment === undefined ? {} : { workload: deployment }),
    ...{ source: 'person', actor: caller.actor },
    ...(reason === undefined ? {} : { reason }),
  };
  const updateId = requestIdOf(options.requestId);
  const { issue: first } = await reportIssue(session, report, updateId).catch(
    async (error: unknown) => {
      throw error instanceof Rejection
        ? await refusal(session, { error, target, queues: false })
        : error;
    },
  );
  const { issue } = await followIssue({
    first,
    read: async () =>
      (await queryLedger(session, target))?.issues?.find(({ key }) => key === first.key),
    tell: () => undefined,
    signal,
  });
  return { healed: issue.state === 'healed', issue };
}
