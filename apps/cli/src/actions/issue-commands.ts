import { detectCaller } from '../asking/caller.ts';
import { pickTarget } from '../asking/pick-target.ts';
import { refusal } from '../asking/refusal.ts';
import type { IssueOptions } from '../commands/remediation.ts';
import { refusedError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { issueText } from '../render/issue.ts';
import { targetWords } from '../render/words.ts';
import type { Result } from '../result.ts';
import { NotFound, Rejection } from '../temporal/failures.ts';
import { approveIssue, dismissIssue } from '../temporal/issues.ts';
import type { Session } from '../temporal/session.ts';
import type { TargetName } from '../temporal/targets.ts';
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
