import type { AdmissionAnswer, DeploymentRecord } from '@fairlead/contracts';
import { CliError, refusedError } from '../errors.ts';
import { exitOfOutcome } from '../exit.ts';
import type { Io } from '../io.ts';
import { recordResult } from '../following/record-result.ts';
import { plain } from '../render/plain.ts';
import { targetWords } from '../render/words.ts';
import type { Result } from '../result.ts';
import type { RunRequest } from './run-request.ts';
import { readRecord } from '../temporal/record.ts';
import type { Session } from '../temporal/session.ts';

type Ended = Extract<AdmissionAnswer, { status: 'ended' }>;

/**
 * What became of a request that was made before: the record if Temporal still has it, else the ledger's word.
 * `running` when it has not ended after all. Refuses an ID that belongs to another target, or whose end nobody knows:
 * neither is a success.
 */
export async function earlierRun(
  session: Session,
  { request, answer }: { readonly request: RunRequest; readonly answer: Ended },
  io: Io,
): Promise<Result | 'running'> {
  const { deploymentId, outcome } = answer;
  const record = await recordOf(session, answer);
  if (record !== undefined) {
    if (!isSameTarget(record, request)) throw takenElsewhere(request, record);
    return record.outcome === undefined ? 'running' : recordResult(record, io);
  }
  if (outcome === undefined) throw forgotten(request);
  return {
    exitCode: exitOfOutcome(outcome),
    text: `Deployment ${deploymentId} has ended: ${outcome}.`,
    json: answer,
  };
}

async function recordOf(
  session: Session,
  { deploymentId, outcome }: Ended,
): Promise<DeploymentRecord | undefined> {
  try {
    return await readRecord(session, deploymentId, { thorough: true, vendors: 'now' });
  } catch (error) {
    const gone = error instanceof CliError && error.type === 'unknown-deployment';
    if (gone || outcome !== undefined) return undefined;
    throw error;
  }
}

function isSameTarget(record: DeploymentRecord, { target }: RunRequest): boolean {
  return record.environment === target.environment && record.application === target.application;
}

function takenElsewhere({ requestId, target }: RunRequest, record: DeploymentRecord): CliError {
  return refusedError(
    'request-id-taken',
    [
      `Request ID ${requestId} is taken: it was used for ${targetWords(record)} by ${plain(record.actor)} at ${record.startedAt}.`,
      `Nothing was started on ${targetWords(target)}. Ask again with another --request-id; \`fairlead status ${requestId}\` shows that deployment.`,
    ].join('\n'),
    { requestId, usedFor: { environment: record.environment, application: record.application } },
  );
}

function forgotten({ requestId, target }: RunRequest): CliError {
  const flags = `--environment ${target.environment} --application ${target.application}`;
  return refusedError(
    'request-id-taken',
    [
      `Request ID ${requestId} is taken: it was used before, and how that ended is no longer known.`,
      `Nothing was started on ${targetWords(target)}. \`fairlead status ${flags}\` shows what runs; ask again with another --request-id.`,
    ].join('\n'),
    { requestId },
  );
}
