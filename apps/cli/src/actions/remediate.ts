import type { IssueKind, IssueReport } from '@fairlead/contracts';
import { detectCaller } from '@fairlead/client/internal/asking/caller';
import { issuePlace } from '@fairlead/client/internal/asking/plan';
import { refusal } from '@fairlead/client/internal/asking/refusal';
import type { RemediateOptions } from '../commands/remediation.ts';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { ExitCode } from '@fairlead/client/internal/errors/exit';
import { followIssue } from '@fairlead/client/internal/targets/follow-issue';
import { listenForInterrupts } from '../following/interrupts.ts';
import type { Io } from '../io.ts';
import { attemptLines, issueText } from '../render/issue.ts';
import type { TargetIssue } from '../render/issue.ts';
import type { Result } from '../result.ts';
import { Rejection } from '@fairlead/client/internal/connection/failures';
import { reportIssue } from '@fairlead/client/internal/targets/issues';
import type { Session } from '@fairlead/client/internal/connection/session';
import { queryLedger } from '@fairlead/client/internal/targets/targets';
import { withSession } from '../temporal/with-session.ts';

export function remediate(kind: IssueKind, options: RemediateOptions, io: Io): Promise<Result> {
  const { pod, deployment, reason } = options;
  if (pod === undefined && deployment === undefined) {
    throw usageError('Name what is in trouble: --pod POD or --deployment NAME.');
  }
  const { environment, application, cluster, namespace } = issuePlace(options, io);
  const report: IssueReport = {
    ...{ kind, environment, application, cluster, namespace },
    ...(pod === undefined ? {} : { pod }),
    ...(deployment === undefined ? {} : { workload: deployment }),
    ...{ source: 'person', actor: detectCaller(io.env).actor },
    ...(reason === undefined ? {} : { reason }),
  };
  return withSession(io, (session) => ask(session, { report, options }, io));
}

async function ask(
  session: Session,
  { report, options }: { readonly report: IssueReport; readonly options: RemediateOptions },
  io: Io,
): Promise<Result> {
  const { environment, application } = report;
  const target = { environment, application };
  const { issue } = await reportIssue(session, report).catch(async (error: unknown) => {
    throw error instanceof Rejection
      ? await refusal(session, { error, target, queues: false })
      : error;
  });
  if (options.detach === true) return resultOf({ target, issue }, io, EXIT.goesOn);
  const interrupts = listenForInterrupts();
  try {
    const followed = await followIssue({
      first: issue,
      read: async () =>
        (await queryLedger(session, target))?.issues?.find(({ key }) => key === issue.key),
      tell: (attempt) => {
        io.err(`${attemptLines(attempt).join('\n')}\n`);
      },
      signal: interrupts.signal,
      ...(options.timeout === undefined ? {} : { forMs: options.timeout }),
    });
    return resultOf({ target, issue: followed.issue }, io, exitOf(followed));
  } finally {
    interrupts.stop();
  }
}

function exitOf({ issue, ended }: Awaited<ReturnType<typeof followIssue>>): ExitCode {
  if (!ended) return EXIT.goesOn;
  return issue.state === 'healed' ? EXIT.done : EXIT.failed;
}

function resultOf(found: TargetIssue, io: Io, exitCode: ExitCode): Result {
  return {
    exitCode,
    text: issueText(found, io.outStyle),
    json: { ...found.target, ...found.issue },
  };
}
