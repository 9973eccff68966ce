import type { LedgerView } from '@fairlead/contracts';
import { CliError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { queueInstead } from '../asking/find-queued.ts';
import { follow } from './follow.ts';
import { listenForInterrupts } from './interrupts.ts';
import type { Io } from '../io.ts';
import { awaitTurn } from '../asking/queue.ts';
import { recordResult, unfinishedResult } from './record-result.ts';
import type { Result } from '../result.ts';
import { liveLooks, readRecord } from '../temporal/record.ts';
import type { Session } from '../temporal/session.ts';
import { createView } from './view.ts';

/** `status --watch`: the same view as `deploy`, for someone who joins. */
export async function watch(session: Session, deploymentId: string, io: Io): Promise<Result> {
  const interrupts = listenForInterrupts();
  const view = createView(io);
  const { signal } = interrupts;
  try {
    const target = await queueOf(session, deploymentId);
    if (target !== undefined) {
      const turn = await awaitTurn({ session, target, deploymentId, view, signal });
      if (turn !== 'started') {
        return unfinishedResult({ deploymentId, record: undefined, why: 'detached' });
      }
    }
    const followed = await follow({
      deploymentId,
      read: liveLooks(session, deploymentId),
      view,
      signal,
    });
    return followed.end === 'outcome'
      ? recordResult(followed.record, io)
      : unfinishedResult({ deploymentId, record: followed.record, why: 'detached' });
  } finally {
    view.end();
    interrupts.stop();
  }
}

/** Where it still waits for its turn; undefined when it has begun. An outage is left to `follow`, which sits it out. */
async function queueOf(session: Session, deploymentId: string): Promise<LedgerView | undefined> {
  try {
    await readRecord(session, deploymentId, { thorough: false });
    return undefined;
  } catch (error) {
    if (error instanceof CliError && error.exitCode === EXIT.unreachable) return undefined;
    return queueInstead(session, deploymentId, error);
  }
}
