import { errorFacts } from './error-facts.ts';
import type { ErrorFacts } from './error-facts.ts';
import { failureOf } from './failures.ts';
import type { Server } from './session.ts';

export interface Call {
  /** `Temporal did not …`: what was asked, for the message. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** A worker that is up answers in milliseconds; one that restarts within this. */
export const QUERY_TIMEOUT_MS = 10_000;
/** As long as a person waits for an answer before looking for the reason. */
export const UPDATE_TIMEOUT_MS = 15_000;
/** Whether the server itself answers is known at once. */
const PROBE_TIMEOUT_MS = 2_000;

/** Makes a call that ends in time, and turns whatever goes wrong into what a person is told. */
export async function bounded<T>(session: Server, call: Call, run: () => Promise<T>): Promise<T> {
  const { client } = session;
  const deadline = Date.now() + call.timeoutMs;
  const { signal } = call;
  try {
    return await client.withDeadline(deadline, () =>
      signal === undefined ? run() : client.withAbortSignal(signal, run),
    );
  } catch (error) {
    const facts = await withPlace(session, errorFacts(error), signal);
    throw failureOf({ facts, call, session, error });
  }
}

/**
 * A call that timed out says nothing of the place: the server may be away, or no worker may be there. A server may
 * call its own timeout a cancellation; ours is known by our signal.
 */
async function withPlace(
  session: Server,
  facts: ErrorFacts,
  signal: AbortSignal | undefined,
): Promise<ErrorFacts> {
  if (facts.kind === 'cancelled' && signal?.aborted === true) return facts;
  if (facts.kind !== 'timeout' && facts.kind !== 'cancelled') return facts;
  return (await serverAnswers(session)) ? { kind: 'no-worker' } : { kind: 'away' };
}

async function serverAnswers({ client }: Server): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + PROBE_TIMEOUT_MS, () =>
      client.workflowService.getSystemInfo({}),
    );
    return true;
  } catch {
    return false;
  }
}
