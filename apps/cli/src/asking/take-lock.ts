import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { AdmissionAnswer, DeploymentRequest } from '@fairlead/contracts';
import { refusedError, unreachableError } from '@fairlead/client/internal/errors/fairlead-error';
import type { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { listenForInterrupts } from '../following/interrupts.ts';
import type { Io } from '../io.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';
import { hasClosed } from '@fairlead/client/internal/deployments/foreign';
import { requestDeployment } from '@fairlead/client/internal/deployments/request';
import type { Session } from '@fairlead/client/internal/connection/session';
import { withdrawQueued } from '@fairlead/client/internal/targets/targets';
import { unservedQueues } from '@fairlead/client/internal/connection/unserved-queues';
import { askTarget, withRequestId } from '@fairlead/client/internal/asking/ask-target';
import { awaitTurn } from '@fairlead/client/internal/targets/queue';

/**
 * Has the target admit a command before it starts, and waits for its turn where it is queued. Throws where it is
 * refused, was asked for before, or nobody answers: with the request's ID in the details, if it may yet be admitted.
 */
export async function takeLock(
  session: Session,
  request: DeploymentRequest,
  io: Io,
): Promise<void> {
  await checkWorker(session);
  const { requestId, plan, actor, force } = request;
  // A request that is repeated finds what it began; a command must not be run a second time by it.
  if ((await hasClosed(session, requestId)) !== undefined) throw ranBefore(requestId);
  const interrupts = listenForInterrupts();
  const { signal } = interrupts;
  try {
    const answer = await askTarget(
      session,
      {
        ...{ requestId, target: plan, actor, overHalt: force },
        ask: (given) => requestDeployment(session, request, { signal: given }),
      },
      signal,
    );
    if (answer.status === 'ended') throw ranBefore(requestId);
    io.err(`fairlead: deployment ${requestId} of ${targetWords(plan)}: ${stateOf(answer)}\n`);
    if (answer.status === 'queued') await turnOf(session, { request, signal, io });
  } finally {
    interrupts.stop();
  }
}

/** Asked before anything is: a request that nobody takes now would be taken later, when nobody is there any more. */
async function checkWorker(session: Session): Promise<void> {
  const [unserved] = await unservedQueues(session, [CONTROL_QUEUE]);
  if (unserved === undefined) return;
  throw unreachableError(
    `No worker serves Temporal at ${session.address} (namespace ${session.namespace}).`,
  );
}

interface Waiting {
  readonly request: DeploymentRequest;
  readonly signal: AbortSignal;
  readonly io: Io;
}

async function turnOf(session: Session, { request, signal, io }: Waiting): Promise<void> {
  const { requestId: deploymentId, plan, actor, force } = request;
  const turn = await awaitTurn({
    ...{ session, target: plan, deploymentId, signal },
    view: {
      note: (text) => {
        io.err(`fairlead: ${text}\n`);
      },
    },
    withdrawAs: force ? undefined : actor,
  }).catch((error: unknown) => {
    throw withRequestId(error, { requestId: deploymentId });
  });
  if (turn === 'started') return;
  await withdrawQueued(session, plan, { deploymentId, actor, reason: 'interrupted' });
  throw refusedError('interrupted', `Taken back from the queue: ${deploymentId} did not run.`);
}

function stateOf(answer: Exclude<AdmissionAnswer, { status: 'ended' }>): string {
  return answer.status === 'queued' ? `queued at place ${answer.place}` : answer.status;
}

function ranBefore(requestId: string): FairleadError {
  return refusedError(
    'request-id-taken',
    `Request ID ${requestId} was used before, so the command was not run again; see \`fairlead status ${requestId}\`. Give another --request-id to run it.`,
    { requestId },
  );
}
