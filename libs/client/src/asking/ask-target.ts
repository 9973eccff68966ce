import type { AdmissionAnswer } from '@fairlead/contracts';
import { FairleadError, refusedError } from '../errors/fairlead-error.ts';
import { EXIT } from '../errors/exit.ts';
import { askWhenFree } from './ask-when-free.ts';
import { refusal } from './refusal.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { Interrupted, NotFound, Rejection } from '../connection/failures.ts';
import type { Session } from '../connection/session.ts';

/** Asks for admission. Whatever goes wrong on the way says how to repeat the request safely. */
export async function askTarget(
  session: Session,
  request: AdmissionRequest,
  signal: AbortSignal,
): Promise<AdmissionAnswer> {
  try {
    return await askWhenFree(session, request, signal);
  } catch (error) {
    if (error instanceof Rejection) throw await refusal(session, { error, target: request.target });
    if (error instanceof NotFound) throw nothingDeployed(request);
    if (error instanceof Interrupted) throw interrupted(request);
    throw withRequestId(error, request);
  }
}

function nothingDeployed({
  target: { environment, application },
}: AdmissionRequest): FairleadError {
  return refusedError(
    'nothing-to-roll-back',
    `Nothing was ever deployed to ${environment}/${application}, so there is no way back.`,
  );
}

function interrupted({ requestId }: AdmissionRequest): FairleadError {
  return new FairleadError(
    'interrupted',
    EXIT.goesOn,
    `Interrupted before Temporal answered. ${again(requestId)}`,
    { details: { requestId } },
  );
}

/** An error of a server that went away, when what was asked may yet be done. */
export function withRequestId(
  error: unknown,
  { requestId }: Pick<AdmissionRequest, 'requestId'>,
): unknown {
  if (!(error instanceof FairleadError) || error.exitCode !== EXIT.unreachable) return error;
  return new FairleadError(error.type, error.exitCode, `${error.message}\n${again(requestId)}`, {
    details: { ...error.details, requestId },
    cause: error.cause,
  });
}

function again(requestId: string): string {
  return `The request may still be accepted. Repeat it with \`--request-id ${requestId}\`: that never deploys twice.`;
}
