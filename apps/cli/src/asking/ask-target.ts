import type { AdmissionAnswer } from '@fairlead/contracts';
import { CliError, refusedError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { askWhenFree } from './ask-when-free.ts';
import { refusal } from './refusal.ts';
import type { RunRequest } from './run-request.ts';
import { Interrupted, NotFound, Rejection } from '../temporal/failures.ts';
import type { Session } from '../temporal/session.ts';

/** Asks for admission. Whatever goes wrong on the way says how to repeat the request safely. */
export async function askTarget(
  session: Session,
  request: RunRequest,
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

function nothingDeployed({ target: { environment, application } }: RunRequest): CliError {
  return refusedError(
    'nothing-to-roll-back',
    `Nothing was ever deployed to ${environment}/${application}, so there is no way back.`,
  );
}

function interrupted({ requestId }: RunRequest): CliError {
  return new CliError(
    'interrupted',
    EXIT.goesOn,
    `Interrupted before Temporal answered. ${again(requestId)}`,
    { details: { requestId } },
  );
}

function withRequestId(error: unknown, { requestId }: RunRequest): unknown {
  if (!(error instanceof CliError) || error.exitCode !== EXIT.unreachable) return error;
  return new CliError(error.type, error.exitCode, `${error.message}\n${again(requestId)}`, {
    details: { ...error.details, requestId },
    cause: error.cause,
  });
}

function again(requestId: string): string {
  return `The request may still be accepted. Repeat it with \`--request-id ${requestId}\`: that never deploys twice.`;
}
