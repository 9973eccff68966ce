import { ApplicationFailure } from '@temporalio/common';
import type { AdapterError } from './failures.ts';

/** The one way from an adapter's error to Temporal: type and wait are kept, the cause (which may hold secrets) is not. */
export function toApplicationFailure(error: AdapterError): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.type,
    message: error.message,
    nonRetryable: !error.retryable,
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: error.retryAfterMs }),
  });
}
