import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { AdapterError } from './failures.ts';

/**
 * The one way from an adapter's error to Temporal: type and wait are kept, the cause (which may hold secrets) is not.
 * `benign`: part of the normal course, so no worker warns of it, and no metric counts it. Default false.
 */
export function toApplicationFailure(
  error: AdapterError,
  { benign = false }: { readonly benign?: boolean } = {},
): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.type,
    message: error.message,
    nonRetryable: !error.retryable,
    ...(benign ? { category: ApplicationFailureCategory.BENIGN } : {}),
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: error.retryAfterMs }),
  });
}
