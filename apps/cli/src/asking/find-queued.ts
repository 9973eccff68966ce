import type { LedgerView } from '@fairlead/contracts';
import { CliError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { placeIn, placeWords } from '../render/place.ts';
import { targetWords } from '../render/words.ts';
import type { Result } from '../result.ts';
import type { Session } from '../temporal/session.ts';
import { listTargets, readLedger } from '../temporal/targets.ts';

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
  const unknown = error instanceof CliError && error.type === 'unknown-deployment';
  const ledger = unknown ? await findQueued(session, deploymentId) : undefined;
  if (ledger === undefined) throw error;
  return ledger;
}

/** What `status` and `explain` say of a deployment that has not begun. */
export function queuedResult(ledger: LedgerView, deploymentId: string): Result {
  const { environment, application, halt } = ledger;
  const place = placeIn(ledger, deploymentId);
  return {
    exitCode: EXIT.done,
    text: [
      `queued  ${targetWords(ledger)}  ${deploymentId}`,
      `  ${placeWords(ledger, deploymentId) ?? 'It is about to start.'}`,
      `  follow it:  fairlead status ${deploymentId} --watch`,
      `  stop it:    fairlead abort ${deploymentId}`,
    ].join('\n'),
    json: { deploymentId, environment, application, phase: 'queued', place, halt },
  };
}
