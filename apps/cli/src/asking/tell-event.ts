import { randomUUID } from 'node:crypto';
import type { PlainEvent, ToldAnswer } from '@fairlead/contracts';
import { toldOf } from '@fairlead/domain';
import { refusedError } from '../errors.ts';
import { plain } from '../render/plain.ts';
import { NotFound, Rejection } from '../temporal/failures.ts';
import { hasClosed, tellDeployment } from '../temporal/foreign.ts';
import type { Session } from '../temporal/session.ts';

/** What has become of one event. */
export interface EventAnswer {
  readonly deploymentId: string;
  readonly taken: ToldAnswer['taken'] | 'queued' | 'spooled';
}

/** Tells a deployment that was begun. One that is over takes no more, and a repeat of its end is no failure. */
export async function tellEvent(session: Session, event: PlainEvent): Promise<EventAnswer> {
  const { deployment: deploymentId } = event;
  try {
    return await tellDeployment(session, { deploymentId, told: toldOf(event, randomUUID) });
  } catch (error) {
    if (error instanceof Rejection) {
      throw refusedError(error.facts.type, plain(error.message), { deploymentId });
    }
    if (!(error instanceof NotFound)) throw error;
    if ((await hasClosed(session, deploymentId)) === true) return { deploymentId, taken: 'late' };
    throw refusedError(
      'unknown-deployment',
      `Nothing was begun under ${deploymentId}; tell \`fairlead event begin --deployment ${deploymentId}\` first.`,
      { deploymentId },
    );
  }
}
