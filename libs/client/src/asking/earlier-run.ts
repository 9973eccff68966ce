import type { AdmissionAnswer, DeploymentRecord, Outcome } from '@fairlead/contracts';
import { FairleadError, refusedError } from '../errors/fairlead-error.ts';
import { plain } from '../words/plain.ts';
import { targetWords } from '../words/target-words.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { readRecord } from '../deployments/record.ts';
import type { Session } from '../connection/session.ts';

type Asked = Pick<AdmissionRequest, 'requestId' | 'target'>;
type Ended = Extract<AdmissionAnswer, { status: 'ended' }>;

/** What is known of the end of a request that was made before. */
export type EarlierRun =
  | { readonly end: 'record'; readonly record: DeploymentRecord }
  | { readonly end: 'outcome'; readonly outcome: Outcome }
  | { readonly end: 'running' };

/**
 * What became of a request that was made before: the record if Temporal still has it, else the ledger's word.
 * `running` when it has not ended after all. Refuses an ID that belongs to another target, or whose end nobody knows:
 * neither is a success.
 */
export async function earlierRun(
  session: Session,
  {
    request,
    answer,
  }: {
    readonly request: Asked;
    readonly answer: Ended;
  },
): Promise<EarlierRun> {
  const { outcome } = answer;
  const record = await recordOf(session, answer);
  if (record !== undefined) {
    if (!isSameTarget(record, request)) throw takenElsewhere(request, record);
    return record.outcome === undefined ? { end: 'running' } : { end: 'record', record };
  }
  if (outcome === undefined) throw forgotten(request);
  return { end: 'outcome', outcome };
}

async function recordOf(
  session: Session,
  { deploymentId, outcome }: Ended,
): Promise<DeploymentRecord | undefined> {
  try {
    return await readRecord(session, deploymentId, { thorough: true, vendors: 'now' });
  } catch (error) {
    const gone = error instanceof FairleadError && error.type === 'unknown-deployment';
    if (gone || outcome !== undefined) return undefined;
    throw error;
  }
}

function isSameTarget(record: DeploymentRecord, { target }: Asked): boolean {
  return record.environment === target.environment && record.application === target.application;
}

function takenElsewhere({ requestId, target }: Asked, record: DeploymentRecord): FairleadError {
  return refusedError(
    'request-id-taken',
    [
      `Request ID ${requestId} is taken: it was used for ${targetWords(record)} by ${plain(record.actor)} at ${record.startedAt}.`,
      `Nothing was started on ${targetWords(target)}. Ask again with another --request-id; \`fairlead status ${requestId}\` shows that deployment.`,
    ].join('\n'),
    { requestId, usedFor: { environment: record.environment, application: record.application } },
  );
}

function forgotten({ requestId, target }: Asked): FairleadError {
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
