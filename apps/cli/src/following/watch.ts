import { queueOf } from '@fairlead/client/internal/targets/find-queued';
import { follow } from '@fairlead/client/internal/deployments/follow';
import { listenForInterrupts } from './interrupts.ts';
import type { Io } from '../io.ts';
import { awaitTurn } from '@fairlead/client/internal/targets/queue';
import { recordResult, unfinishedResult } from './record-result.ts';
import type { Result } from '../result.ts';
import { liveLooks } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';
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
