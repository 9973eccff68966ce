import { setTimeout as wait } from 'node:timers/promises';
import type { AdmissionAnswer } from '@fairlead/contracts';
import { readRecord } from '../deployments/record.ts';
import { Rejection } from '../connection/failures.ts';
import type { Session } from '../connection/session.ts';
import { runningOf } from './refusal.ts';
import type { AdmissionRequest } from './admission-request.ts';

export interface Patience {
  readonly everyMs: number;
  readonly patienceMs: number;
}

/** A run that has its outcome keeps its target for up to 7 s more, for messages that are under way; then a margin. */
const PATIENCE: Patience = { everyMs: 100, patienceMs: 15_000 };

/**
 * Asks again while all that keeps the target is a run that has its outcome: who saw it end may start the next. Any
 * other refusal is thrown at once. A refused request leaves nothing behind, so asking again costs the target nothing.
 */
export async function askWhenFree(
  session: Session,
  request: Pick<AdmissionRequest, 'ask'>,
  signal: AbortSignal,
  { everyMs, patienceMs }: Patience = PATIENCE,
): Promise<AdmissionAnswer> {
  const endAtMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await request.ask(signal);
    } catch (error) {
      if (performance.now() >= endAtMs || !(await isByEndedRun(session, error))) throw error;
    }
    // Ctrl-C ends the wait, and is told by the next call.
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function isByEndedRun(session: Session, error: unknown): Promise<boolean> {
  const running = error instanceof Rejection ? runningOf(error) : undefined;
  if (running === undefined) return false;
  const { deploymentId } = running;
  const record = await readRecord(session, deploymentId, { thorough: false }).catch(
    () => undefined,
  );
  return record?.outcome !== undefined;
}
