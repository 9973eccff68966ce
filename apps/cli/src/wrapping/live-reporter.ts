import { setTimeout as wait } from 'node:timers/promises';
import type { CommandEnd, DeploymentRecord } from '@fairlead/contracts';
import type { Io } from '../io.ts';
import { keep } from '../spool/keep.ts';
import { beat, completeCommand, hasClosed } from '@fairlead/client/internal/deployments/foreign';
import type { CommandRef } from '@fairlead/client/internal/deployments/foreign';
import { follow } from '@fairlead/client/internal/deployments/follow';
import { liveLooks } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';
import type { Reporter } from './reporter.ts';

/** Four within the silence that the deployment allows: 20 s. */
const BEAT_EVERY_MS = 5_000;
/** A pipeline waits so long for Temporal, and no longer; then the end goes to the spool. */
const PATIENCE_MS = 15_000;
const RETRY_EVERY_MS = 500;

/** Beats, and says the end, to the deployment that holds the target's lock. */
export function createLiveReporter(session: Session, deploymentId: string, io: Io): Reporter {
  return {
    deploymentId,
    watch(which, onAbort) {
      const over = new AbortController();
      void beatUntil(over.signal, { session, ref: { deploymentId, which }, onAbort });
      return {
        stop: () => {
          over.abort();
        },
      };
    },
    async ended(which, end) {
      const ref = { deploymentId, which };
      const told = await tellEnd(session, { ref, end });
      if (told === 'taken') return;
      if (told === 'closed') {
        io.err(
          `fairlead: deployment ${deploymentId} was closed before its end could be told; see \`fairlead status ${deploymentId}\`\n`,
        );
        return;
      }
      const file = keep(io, deploymentId, { end, which });
      if (file === undefined) return;
      io.err(`fairlead: Temporal is out of reach; the end of ${deploymentId} waits in ${file}\n`);
    },
    record: () => lastRecord(session, deploymentId),
  };
}

/** Its workflow closes a moment after the end was told. */
async function lastRecord(
  session: Session,
  deploymentId: string,
): Promise<DeploymentRecord | undefined> {
  const nobody = { show: () => undefined, note: () => undefined };
  try {
    const { record } = await follow({
      ...{ deploymentId, read: liveLooks(session, deploymentId), view: nobody },
      ...{ signal: AbortSignal.timeout(PATIENCE_MS), patienceMs: PATIENCE_MS },
    });
    return record;
  } catch {
    return undefined;
  }
}

interface Beating {
  readonly session: Session;
  readonly ref: CommandRef;
  readonly onAbort: () => void;
}

async function beatUntil(over: AbortSignal, { session, ref, onAbort }: Beating): Promise<void> {
  let asked = false;
  while (!over.aborted) {
    const heard = await beat(session, ref);
    if (heard === 'stop' && !asked) {
      asked = true;
      onAbort();
    }
    // Until a worker has taken it up, it is asked again soon: the silence counts from then.
    const everyMs = heard === 'missed' ? RETRY_EVERY_MS : BEAT_EVERY_MS;
    await wait(everyMs, undefined, { signal: over }).catch(() => undefined);
  }
}

/** `closed`: nobody waits for it any more. */
async function tellEnd(
  session: Session,
  completion: { readonly ref: CommandRef; readonly end: CommandEnd },
): Promise<'taken' | 'closed' | 'away'> {
  const endAtMs = performance.now() + PATIENCE_MS;
  do {
    try {
      if ((await completeCommand(session, completion)) === 'taken') return 'taken';
      if ((await hasClosed(session, completion.ref.deploymentId)) === true) return 'closed';
    } catch {
      // Away: it may be back in a moment.
    }
    await wait(RETRY_EVERY_MS);
  } while (performance.now() < endAtMs);
  return 'away';
}
