import {
  Interrupted,
  MissingSearchAttributes,
  NotFound,
  Rejection,
} from '../connection/failures.ts';
import { plain } from '../words/plain.ts';
import { EXIT } from './exit.ts';
import { FairleadError, refusedError, toFairleadError, usageError } from './fairlead-error.ts';

/** Runs a verb: whatever is thrown inside comes out as the one error class, never as gRPC's. */
export async function foreseen<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toOneClass(error);
  }
}

export function toOneClass(error: unknown): FairleadError {
  if (error instanceof Rejection) {
    const { type, message, detail } = error.facts;
    return refusedError(type, plain(message), detail === undefined ? {} : { detail });
  }
  if (error instanceof NotFound) return refusedError('unknown-deployment', plain(error.message));
  if (error instanceof MissingSearchAttributes) return usageError(error.message);
  if (error instanceof Interrupted) {
    return new FairleadError('interrupted', EXIT.goesOn, 'Interrupted before Temporal answered.');
  }
  return toFairleadError(error);
}
