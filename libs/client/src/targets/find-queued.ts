import { readRecord } from '../deployments/record.ts';
import { EXIT } from '../errors/exit.ts';
import type { LedgerView } from '@fairlead/contracts';
import { FairleadError } from '../errors/fairlead-error.ts';
import { placeIn } from '../words/place.ts';
import type { Session } from '../connection/session.ts';
import { listTargets, readLedger } from './targets.ts';

/** The target that has it in its queue, or is about to start it. Without an environment all targets are asked. */
export async function findQueued(
  session: Session,
  deploymentId: string,
  where: { readonly environment?: string | undefined; readonly read?: typeof readLedger } = {},
): Promise<LedgerView | undefined> {
  const { environment, read = readLedger } = where;
  for (const target of await listTargets(session, environment)) {
    const ledger = await read(session, target);
    if (ledger === undefined) continue;
    const waits = placeIn(ledger, deploymentId) !== undefined;
    if (waits || ledger.running?.deploymentId === deploymentId) return ledger;
  }
  return undefined;
}

/** For what found no such run: the target where it waits for its turn, else the error again. */
export async function queueInstead(
  session: Session,
  deploymentId: string,
  error: unknown,
): Promise<LedgerView> {
  const unknown = error instanceof FairleadError && error.type === 'unknown-deployment';
  const ledger = unknown ? await findQueued(session, deploymentId) : undefined;
  if (ledger === undefined) throw error;
  return ledger;
}

/** Where it still waits for its turn; undefined when it has begun. An outage is left to `follow`, which sits it out. */
export async function queueOf(
  session: Session,
  deploymentId: string,
): Promise<LedgerView | undefined> {
  try {
    await readRecord(session, deploymentId, { thorough: false });
    return undefined;
  } catch (error) {
    if (error instanceof FairleadError && error.exitCode === EXIT.unreachable) return undefined;
    return queueInstead(session, deploymentId, error);
  }
}
