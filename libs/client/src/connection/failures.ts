import { FairleadError, unreachableError, usageError } from '../errors/fairlead-error.ts';
import { EXIT } from '../errors/exit.ts';
import { duration } from '../words/duration.ts';
import { plain } from '../words/plain.ts';
import type { Call } from './bounded.ts';
import type { ErrorFacts } from './error-facts.ts';
import type { Session } from './session.ts';

/** A message was refused by a workflow's validator. The caller adds who runs and what to do. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  readonly facts: Extract<ErrorFacts, { kind: 'rejected' }>;

  constructor(facts: Extract<ErrorFacts, { kind: 'rejected' }>) {
    super(facts.message);
    this.facts = facts;
  }
}

/** No such workflow, or one that is closed and takes no more messages. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** The namespace has never met a worker of ours. */
export class MissingSearchAttributes extends Error {
  override readonly name = 'MissingSearchAttributes';
}

/** The caller gave up by its own signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export function failureOf(options: {
  readonly facts: ErrorFacts;
  readonly call: Call;
  readonly session: Pick<Session, 'address' | 'namespace'>;
  readonly error: unknown;
}): Error {
  const { facts, call, session, error } = options;
  const { address, namespace } = session;
  const waited = duration(call.timeoutMs / 1000);
  const details = { service: 'temporal', address, namespace };
  switch (facts.kind) {
    case 'rejected':
      return new Rejection(facts);
    case 'not-found':
      return new NotFound(facts.message);
    case 'cancelled':
      return new Interrupted();
    case 'no-worker':
      return unreachableError(
        `No worker answers: Temporal at ${address} (namespace ${namespace}) was asked for ${call.what} for ${waited}. Start one with \`fairlead-worker\` or \`fairlead up\`.`,
        { details: { ...details, service: 'worker' }, cause: error },
      );
    case 'away':
    case 'timeout':
      return unreachableError(
        `Temporal at ${address} is out of reach: asked for ${call.what} for ${waited}. Is it up, and is TEMPORAL_ADDRESS right?`,
        { details, cause: error },
      );
    case 'credentials':
      return unreachableError(
        `Temporal at ${address} refuses these credentials for namespace ${namespace}: ${plain(facts.message)}. Check TEMPORAL_API_KEY or the TLS certificate.`,
        { details, cause: error },
      );
    case 'namespace':
      return usageError(
        `Temporal at ${address} has no namespace "${namespace}"; check TEMPORAL_NAMESPACE.`,
        details,
      );
    case 'search-attributes':
      return new MissingSearchAttributes(plain(facts.message));
    case 'other':
      return new FairleadError(
        'defect',
        EXIT.defect,
        `Asked for ${call.what}: ${plain(facts.message)}`,
        {
          details,
          cause: error,
        },
      );
  }
}

/** The server answers, and nobody is there to work. */
export function isNoWorker(error: unknown): error is FairleadError {
  return (
    error instanceof FairleadError &&
    error.exitCode === EXIT.unreachable &&
    error.details.service === 'worker'
  );
}
