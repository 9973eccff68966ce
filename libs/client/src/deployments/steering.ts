import type {
  CommandAnswer,
  CommandInput,
  CommandName,
  DeploymentRecord,
} from '@fairlead/contracts';
import { FairleadError, refusedError, unreachableError } from '../errors/fairlead-error.ts';
import { findQueued, queueInstead } from '../targets/find-queued.ts';
import { placeIn, placeWords } from '../words/place.ts';
import { plain } from '../words/plain.ts';
import { NotFound, Rejection, isNoWorker } from '../connection/failures.ts';
import { readRecord } from './record.ts';
import type { Session } from '../connection/session.ts';
import { leaveAbortSignal, sendCommand } from './steer.ts';
import { queryLedger, withdrawQueued } from '../targets/targets.ts';

export interface SteeringCommand {
  readonly name: CommandName;
  readonly deploymentId: string;
  readonly input: CommandInput;
  readonly updateId?: string;
}

type StopRequest = Omit<SteeringCommand, 'name'> & {
  /** Where to look for it when it is queued; absent: everywhere. */
  readonly environment?: string | undefined;
};

/** Sends a command; whatever keeps it from being taken is said with the deployment's present state. */
export async function steerDeployment(
  session: Session,
  command: SteeringCommand,
): Promise<CommandAnswer> {
  try {
    return await sendCommand(session, command);
  } catch (error) {
    if (error instanceof Rejection) {
      const { type, message, detail } = error.facts;
      throw refusedError(type, plain(message), { detail });
    }
    if (error instanceof NotFound) throw await notRunningError(session, command);
    if (command.name === 'abort' && isNoWorker(error)) {
      throw await abortLeft(session, command, error);
    }
    throw error;
  }
}

/** Whether what was accepted is the answer to an approval, and not the end of a pause. */
export async function answersApproval(
  session: Session,
  { deploymentId, step }: CommandAnswer,
): Promise<boolean> {
  // A courtesy of wording: the command itself is done.
  const record = await readRecord(session, deploymentId, { thorough: false }).catch(
    () => undefined,
  );
  return record?.steps[step - 1]?.kind === 'approval';
}

/** It has ended, or has not begun: an `abort` is then a withdrawal. */
async function notRunningError(session: Session, command: SteeringCommand): Promise<FairleadError> {
  const { name, deploymentId } = command;
  try {
    return endedError(command, await readRecord(session, deploymentId, { thorough: true }));
  } catch (error) {
    if (name === 'abort') throw error;
    const words = placeWords(await queueInstead(session, deploymentId, error), deploymentId);
    return refusedError(
      'unfit-phase',
      `${name} of ${deploymentId} refused: it has not begun. ${words ?? 'It is about to start.'}`,
      { detail: { deploymentId, phase: 'queued' } },
    );
  }
}

function endedError(
  { name, deploymentId }: SteeringCommand,
  record: DeploymentRecord,
): FairleadError {
  const { outcome = record.phase, finishedAt } = record;
  const when = finishedAt === undefined ? '' : ` at ${finishedAt}`;
  return refusedError(
    'unfit-phase',
    `${name} of ${deploymentId} refused: the deployment has ended${when}: ${outcome}.`,
    { detail: { deploymentId, phase: record.phase, outcome } },
  );
}

/** Abort always wins, so it is left where the next worker finds it. */
async function abortLeft(
  session: Session,
  { deploymentId, input }: SteeringCommand,
  error: FairleadError,
): Promise<FairleadError> {
  await leaveAbortSignal(session, deploymentId, input);
  return unreachableError(
    `${error.message}\nThe abort is left with the deployment as a signal: the next worker begins with it.`,
    { details: { ...error.details, signalled: true }, cause: error },
  );
}

/** What has not begun has no history to leave a signal in, and a request on its way is in nobody's queue yet. */
function abortNotLeft(deploymentId: string, error: FairleadError): FairleadError {
  return unreachableError(
    `${error.message}\n${deploymentId} has not begun, so no abort was left behind: if it was asked for, it may still start. Abort it again when a worker is back.`,
    { details: { ...error.details, signalled: false }, cause: error },
  );
}

/** Aborts a deployment, or takes it back where it still waits for its turn. */
export async function stopDeployment(
  session: Session,
  stop: StopRequest,
): Promise<CommandAnswer | 'withdrawn'> {
  try {
    return await steerDeployment(session, { name: 'abort', ...stop });
  } catch (error) {
    const unknown = error instanceof FairleadError && error.type === 'unknown-deployment';
    if (unknown && (await withdraw(session, stop))) return 'withdrawn';
    throw error;
  }
}

/** False when no target has it in its queue. Only a worker can say so, and take it out. */
async function withdraw(session: Session, stop: StopRequest): Promise<boolean> {
  const { deploymentId, input, environment } = stop;
  const where = { environment, read: queryLedger };
  const target = await findQueued(session, deploymentId, where).catch((error: unknown) => {
    throw isNoWorker(error) ? abortNotLeft(deploymentId, error) : error;
  });
  if (target === undefined || placeIn(target, deploymentId) === undefined) return false;
  const { actor = 'unknown', reason } = input;
  const request = { deploymentId, actor, ...(reason === undefined ? {} : { reason }) };
  return (await withdrawQueued(session, target, request)).withdrawn;
}
