import { detectCaller } from '@fairlead/client/internal/asking/caller';
import { pickTarget } from '@fairlead/client/internal/targets/pick-target';
import { refusal } from '@fairlead/client/internal/asking/refusal';
import type { IssueOptions } from '../commands/remediation.ts';
import { refusedError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { issueText } from '../render/issue.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';
import type { Result } from '../result.ts';
import { NotFound, Rejection } from '@fairlead/client/internal/connection/failures';
import { approveIssue, dismissIssue } from '@fairlead/client/internal/targets/issues';
import type { Session } from '@fairlead/client/internal/connection/session';
import type { TargetName } from '@fairlead/client/internal/targets/targets';
import { withSession } from '../temporal/with-session.ts';

export function approve(issue: string, options: IssueOptions, io: Io): Promise<Result> {
  return onTarget(options, io, async (session, target) => {
    const command = { issue, actor: detectCaller(io.env).actor };
    const answer = await approveIssue(session, target, command);
    const text = issueText({ target, issue: answer.issue }, io.outStyle);
    return { exitCode: EXIT.done, text, json: { target, ...answer } };
  });
}

export function dismiss(issue: string, options: IssueOptions, io: Io): Promise<Result> {
  return onTarget(options, io, async (session, target) => {
    await dismissIssue(session, target, { issue, actor: detectCaller(io.env).actor });
    return {
      exitCode: EXIT.done,
      text: `Dismissed: ${issue} at ${targetWords(target)}.`,
      json: { dismissed: { ...target, issue } },
    };
  });
}

function onTarget(
  options: IssueOptions,
  io: Io,
  act: (session: Session, target: TargetName) => Promise<Result>,
): Promise<Result> {
  return withSession(io, async (session) => {
    const target = await pickTarget(session, options, io);
    try {
      return await act(session, target);
    } catch (error) {
      if (error instanceof Rejection) throw await refusal(session, { error, target });
      if (!(error instanceof NotFound)) throw error;
      throw refusedError('unknown-target', `There is no target ${targetWords(target)}.`);
    }
  });
}
