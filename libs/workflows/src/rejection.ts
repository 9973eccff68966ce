import { ApplicationFailure } from '@temporalio/workflow';
import type { RejectionType } from '@fairlead/contracts';

/** What a caller is refused with: a word to decide by, a sentence to read, and who or what stands in the way. */
export function rejection(
  type: RejectionType,
  message: string,
  details?: unknown,
): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    message,
    type,
    ...(details === undefined ? [] : [details]),
  );
}
