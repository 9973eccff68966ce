import { setTimeout as wait } from 'node:timers/promises';
import type { Halt } from '@fairlead/contracts';
import { refusedError } from '../errors/fairlead-error.ts';
import type { FairleadError } from '../errors/fairlead-error.ts';
import { haltedError } from '../asking/refusal.ts';
import { haltOf, placeWords } from '../words/place.ts';
import { readRecord } from '../deployments/record.ts';
import type { Session } from '../connection/session.ts';
import { readLedger, withdrawQueued } from './targets.ts';
import type { TargetName } from './targets.ts';
import type { Watcher } from '../deployments/follow.ts';

export interface TurnOptions {
  readonly session: Session;
  readonly target: TargetName;
  readonly deploymentId: string;
  readonly view: Pick<Watcher, 'note'>;
  readonly signal: AbortSignal;
  /** On `performance.now()`; default never. */
  readonly endAtMs?: number;
  /** The actor of a request that may not run over a halt: behind one it is taken back, as nobody waits for ever. */
  readonly withdrawAs?: string | undefined;
  readonly pollMs?: number;
}

/** A queue moves when a deployment ends; no one sees the difference between one second and half of one. */
const POLL_MS = 1000;

/** Waits until a queued deployment starts, and says its place whenever that changes. */
export async function awaitTurn(
  options: TurnOptions,
): Promise<'started' | 'timeout' | 'interrupted'> {
  const { session, target, deploymentId, view, signal } = options;
  const { endAtMs = Infinity, pollMs = POLL_MS } = options;
  let said: string | undefined;
  let halt: Halt | undefined;
  for (;;) {
    const ledger = await readLedger(session, target);
    const words = ledger && placeWords(ledger, deploymentId);
    if (ledger === undefined || words === undefined) {
      if (await hasBegun(session, deploymentId)) return 'started';
      // Else it is taken from the queue, and its workflow about to be started.
      if (ledger?.running?.deploymentId !== deploymentId) throw takenOut(deploymentId);
    } else {
      if (words !== said) view.note(words);
      said = words;
      const before = halt?.deploymentId;
      halt = haltOf(ledger);
      // Seen twice: between two runs, the one that mends a halt may only be about to start.
      if (halt?.deploymentId === before) await withdrawBehind(halt, options);
    }
    if (signal.aborted) return 'interrupted';
    if (performance.now() >= endAtMs) return 'timeout';
    await wait(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Throws when it was taken back. */
async function withdrawBehind(halt: Halt | undefined, options: TurnOptions): Promise<void> {
  const { session, target, deploymentId, withdrawAs } = options;
  if (halt === undefined || withdrawAs === undefined) return;
  const request = { deploymentId, actor: withdrawAs, reason: 'the target is halted' };
  const { withdrawn } = await withdrawQueued(session, target, request);
  if (!withdrawn) return;
  const { message, details } = haltedError(target, halt);
  throw refusedError('halted', `${takenOutWords(deploymentId)}\n${message}`, {
    ...details,
    deploymentId,
  });
}

function hasBegun(session: Session, deploymentId: string): Promise<boolean> {
  return readRecord(session, deploymentId, { thorough: false }).then(
    () => true,
    () => false,
  );
}

function takenOut(deploymentId: string): FairleadError {
  return refusedError('withdrawn', takenOutWords(deploymentId), { deploymentId });
}

function takenOutWords(deploymentId: string): string {
  return `Deployment ${deploymentId} was taken out of the queue; it did not run.`;
}
