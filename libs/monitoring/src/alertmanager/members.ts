import { AdapterError } from '@fairlead/contracts';
import type { AlertmanagerClient } from './client.ts';

type Work<T> = (member: AlertmanagerClient, signal: AbortSignal) => Promise<T>;

/** What each member that could be told answered, and what went wrong at the others. */
interface Told<T> {
  readonly answers: readonly T[];
  /** One line; absent where all were told. */
  readonly missed?: string;
}

export interface Members {
  /**
   * At all of them, side by side. One that took it is enough, as for Prometheus: what the others do not know they
   * neither notify nor resolve.
   * @throws AdapterError when none did
   */
  every<T>(work: Work<T>, signal: AbortSignal): Promise<Told<T>>;
  /**
   * At the first that answers: it tells the others.
   * @throws AdapterError when none does
   */
  first<T>(work: Work<T>, signal: AbortSignal): Promise<T>;
}

export function createMembers(members: readonly AlertmanagerClient[], timeoutMs: number): Members {
  function limit(signal: AbortSignal): AbortSignal {
    if (members.length === 1) return signal;
    return AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  }

  return {
    async every(work, signal) {
      const results = await Promise.allSettled(
        members.map((member) => work(member, limit(signal))),
      );
      const answers = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const failures = results.flatMap((one, i) =>
        one.status === 'rejected' ? [{ place: i + 1, error: adapterError(one.reason) }] : [],
      );
      if (answers.length === 0) throw worthRetrying(failures.map(({ error }) => error));
      if (failures.length === 0) return { answers };
      const told = `${answers.length} of ${members.length} members took it`;
      const missed = failures.map(({ place, error }) => `member ${place}: ${error.message}`);
      return { answers, missed: [told, ...missed].join('; ') };
    },
    async first(work, signal) {
      const errors: AdapterError[] = [];
      for (const member of members) {
        try {
          return await work(member, limit(signal));
        } catch (error) {
          errors.push(adapterError(error));
        }
      }
      throw worthRetrying(errors);
    },
  };
}

/** A defect of ours is no member's fault. */
function adapterError(error: unknown): AdapterError {
  if (error instanceof AdapterError) return error;
  throw error;
}

function worthRetrying(errors: readonly AdapterError[]): AdapterError {
  const [first] = errors;
  return (
    errors.find(({ retryable }) => retryable) ??
    first ??
    new AdapterError('vendor-rejected', 'alertmanager: no address is configured')
  );
}
