import { pickTarget } from '@fairlead/client/internal/targets/pick-target';
import type { ExplainOptions } from '../commands/explain.ts';
import { refusedError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import { queueInstead } from '@fairlead/client/internal/targets/find-queued';
import { queuedResult } from '../render/queued-result.ts';
import type { Io } from '../io.ts';
import { explanation } from '../render/explain.ts';
import { issueText } from '../render/issue.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';
import type { Result } from '../result.ts';
import { lookAt } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';
import { readLedger } from '@fairlead/client/internal/targets/targets';
import { withSession } from '../temporal/with-session.ts';

export function explain(subject: string, options: ExplainOptions, io: Io): Promise<Result> {
  return withSession(io, (session) =>
    subject.includes('/')
      ? explainIssue(session, { key: subject, options }, io)
      : explainDeployment(session, subject, io),
  );
}

async function explainIssue(
  session: Session,
  { key, options }: { readonly key: string; readonly options: ExplainOptions },
  io: Io,
): Promise<Result> {
  const target = await pickTarget(session, options, io);
  const issues = (await readLedger(session, target))?.issues ?? [];
  const issue = issues.find((one) => one.key === key);
  if (issue === undefined) {
    const known = issues.map((one) => one.key).join(', ');
    throw refusedError(
      'unknown-issue',
      `There is no issue ${key} at ${targetWords(target)}; known: ${known === '' ? 'none' : known}.`,
    );
  }
  const text = issueText({ target, issue }, io.outStyle);
  return { exitCode: EXIT.done, text, json: { ...target, ...issue } };
}

async function explainDeployment(session: Session, deploymentId: string, io: Io): Promise<Result> {
  try {
    const { record, troubles } = await lookAt(session, deploymentId, {
      thorough: true,
      vendors: 'now',
    });
    const text = explanation(record, { nowMs: Date.now(), style: io.outStyle, troubles });
    return { exitCode: EXIT.done, text, json: record };
  } catch (error) {
    return queuedResult(await queueInstead(session, deploymentId, error), deploymentId);
  }
}
