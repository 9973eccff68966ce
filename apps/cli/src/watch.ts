import { follow } from './follow.ts';
import { listenForInterrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import { recordResult, unfinishedResult } from './record-result.ts';
import type { Result } from './result.ts';
import { readRecord } from './temporal/record.ts';
import type { Session } from './temporal/session.ts';
import { createView } from './view.ts';

/** `status --watch`: the same view as `deploy`, for someone who joins. */
export async function watch(session: Session, deploymentId: string, io: Io): Promise<Result> {
  const interrupts = listenForInterrupts();
  const view = createView(io);
  try {
    const followed = await follow({
      deploymentId,
      read: (thorough) => readRecord(session, deploymentId, { thorough }),
      view,
      signal: interrupts.signal,
    });
    return followed.end === 'outcome'
      ? recordResult(followed.record, io)
      : unfinishedResult({ deploymentId, record: followed.record, why: 'detached' });
  } finally {
    view.end();
    interrupts.stop();
  }
}
