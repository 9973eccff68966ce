import { randomUUID } from 'node:crypto';
import type { PlainEvent, ToldAnswer } from '@fairlead/contracts';
import { toldOf } from '@fairlead/domain';
import { refusedError } from '@fairlead/client/internal/errors/fairlead-error';
import { plain } from '@fairlead/client/internal/words/plain';
import { NotFound, Rejection } from '@fairlead/client/internal/connection/failures';
import { hasClosed, tellDeployment } from '@fairlead/client/internal/deployments/foreign';
import type { Session } from '@fairlead/client/internal/connection/session';

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
