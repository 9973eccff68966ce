import { setTimeout as wait } from 'node:timers/promises';
import type { LedgerView } from '@fairlead/contracts';
import { refusedError } from './errors.ts';
import { plain } from './render/plain.ts';
import { readRecord } from './temporal/record.ts';
import type { Session } from './temporal/session.ts';
import { readLedger } from './temporal/targets.ts';
import type { TargetName } from './temporal/targets.ts';
import type { View } from './view.ts';

export interface TurnOptions {
  readonly session: Session;
  readonly target: TargetName;
  readonly deploymentId: string;
  readonly view: View;
  readonly signal: AbortSignal;
  /** On `performance.now()`. */
  readonly endAtMs: number;
}

/** A queue moves when a deployment ends; no one sees the difference between one second and half of one. */
const POLL_MS = 1000;

/** Waits until a queued deployment starts, and says its place whenever that changes. */
export async function awaitTurn(
  options: TurnOptions,
): Promise<'started' | 'timeout' | 'interrupted'> {
  const { session, target, deploymentId, view, signal, endAtMs } = options;
  let said: string | undefined;
  for (;;) {
    const ledger = await readLedger(session, target);
    const words = placeWords(ledger, deploymentId);
    if (words === undefined) {
      if (await hasBegun(session, deploymentId)) return 'started';
      // Else it is taken from the queue, and its workflow about to be started.
      if (ledger?.running?.deploymentId !== deploymentId) throw takenOut(deploymentId);
    } else if (words !== said) {
      view.note(words);
      said = words;
    }
    if (signal.aborted) return 'interrupted';
    if (performance.now() >= endAtMs) return 'timeout';
    await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function placeWords(ledger: LedgerView | undefined, deploymentId: string): string | undefined {
  const place = ledger?.queue.findIndex((queued) => queued.deploymentId === deploymentId) ?? -1;
  if (place < 0) return undefined;
  const running = ledger?.running;
  const ahead =
    running === undefined ? '' : `; ${running.deploymentId} by ${plain(running.actor)} is running`;
  return `Queued at place ${place + 1}${ahead}.`;
}

function hasBegun(session: Session, deploymentId: string): Promise<boolean> {
  return readRecord(session, deploymentId, { thorough: false }).then(
    () => true,
    () => false,
  );
}

function takenOut(deploymentId: string) {
  return refusedError(
    'withdrawn',
    `Deployment ${deploymentId} was taken out of the queue; it did not run.`,
    { deploymentId },
  );
}
