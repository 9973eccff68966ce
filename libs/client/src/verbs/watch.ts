import type { DeploymentRecord } from '@fairlead/contracts';
import { follow } from '../deployments/follow.ts';
import type { FollowOptions } from '../deployments/follow.ts';
import { liveLooks } from '../deployments/record.ts';
import type { Session } from '../connection/session.ts';
import { toOneClass } from '../errors/foreseen.ts';
import { queueOf } from '../targets/find-queued.ts';
import { awaitTurn } from '../targets/queue.ts';
import type { WaitOptions } from './options.ts';

/** Waits for its turn where it has not begun, then tells of every change. */
export async function* watch(
  session: Session,
  deploymentId: string,
  { signal = new AbortController().signal }: WaitOptions,
): AsyncGenerator<DeploymentRecord, void, undefined> {
  try {
    const target = await queueOf(session, deploymentId);
    if (target !== undefined) {
      const turn = await awaitTurn({ session, target, deploymentId, view: SILENT, signal });
      if (turn !== 'started') return;
    }
    yield* changesOf({ deploymentId, read: liveLooks(session, deploymentId) }, signal);
  } catch (error) {
    throw toOneClass(error);
  }
}

const SILENT = { note: () => undefined };

type Followed = Pick<FollowOptions, 'deploymentId' | 'read' | 'pollMs' | 'patienceMs'>;

/** Each record that differs from the one before, and last the one with the outcome. Leaving the loop leaves the run. */
export async function* changesOf(
  followed: Followed,
  given: AbortSignal,
): AsyncGenerator<DeploymentRecord, void, undefined> {
  const leave = new AbortController();
  const signal = AbortSignal.any([given, leave.signal]);
  const seen: DeploymentRecord[] = [];
  const reader: { wake?: () => void; isOver: boolean } = { isOver: false };
  let last = '';
  const view = {
    show(record: DeploymentRecord) {
      const present = JSON.stringify(record);
      if (present === last) return;
      last = present;
      seen.push(record);
      reader.wake?.();
    },
    note: () => undefined,
  };
  const end = follow({ ...followed, view, signal }).finally(() => {
    reader.isOver = true;
    reader.wake?.();
  });
  // Thrown by the `await` at the end; until then nobody else listens.
  end.catch(() => undefined);
  try {
    for (;;) {
      const next = seen.shift();
      if (next !== undefined) yield next;
      else if (reader.isOver) break;
      else await new Promise<void>((resolve) => (reader.wake = resolve));
    }
    await end;
  } finally {
    leave.abort();
    await end.catch(() => undefined);
  }
}
