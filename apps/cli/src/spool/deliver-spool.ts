import type { DeploymentInput } from '@fairlead/contracts';
import { NotFound, Rejection } from '@fairlead/client/internal/connection/failures';
import { toFairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import type { Io } from '../io.ts';
import { plain } from '@fairlead/client/internal/words/plain';
import {
  completeCommand,
  hasClosed,
  tellDeployment,
  tellPast,
} from '@fairlead/client/internal/deployments/foreign';
import type { Session } from '@fairlead/client/internal/connection/session';
import { spooled } from './spool.ts';
import type { SpoolLine } from './spool.ts';

/** Tells what earlier calls could not. What cannot be told now either stays; nothing that goes wrong here ends a call. */
export async function deliverSpool(session: Session, io: Io): Promise<void> {
  for (const deployment of spooled(io.env)) {
    const { deploymentId } = deployment;
    try {
      const lines = deployment.read();
      if (lines.length === 0) continue;
      await deliver(session, deploymentId, lines);
      deployment.remove();
      io.err(`Told what had waited of deployment ${deploymentId}.\n`);
    } catch (error) {
      const { message } = toFairleadError(error);
      if (error instanceof SyntaxError) deployment.putAside();
      else if (isFinal(error)) deployment.remove();
      // The next call tries again.
      else return;
      io.err(`What had waited of deployment ${deploymentId} was not taken: ${plain(message)}\n`);
    }
  }
}

/** Nobody will ever take it. A server that is overloaded or broken says nothing about that. */
function isFinal(error: unknown): boolean {
  return error instanceof Rejection || error instanceof NotFound || error instanceof Closed;
}

class Closed extends Error {}

async function deliver(
  session: Session,
  deploymentId: string,
  lines: readonly SpoolLine[],
): Promise<void> {
  const begun = lines.find((line) => 'begin' in line);
  if ((await hasClosed(session, deploymentId)) === true) {
    throw new Closed(`it was over before; see \`fairlead status ${deploymentId}\``);
  }
  // Each repeat is recognised by its ID, so a call that broke in the middle is harmless.
  for (const line of lines) await say(session, { deploymentId, line, input: begun?.begin });
  if (begun === undefined || lines.some((line) => !('begin' in line))) return;
  // Its command runs still, or died with its runner: the end is told by itself, or is overdue.
  const told = { eventId: 'begun', type: 'begun', at: begun.begin.requestedAt } as const;
  await tellPast(session, { input: begun.begin, told });
}

interface Saying {
  readonly deploymentId: string;
  readonly line: SpoolLine;
  readonly input: DeploymentInput | undefined;
}

async function say(session: Session, { deploymentId, line, input }: Saying): Promise<void> {
  if ('begin' in line) return;
  if ('end' in line) {
    const { which, end } = line;
    const taken = await completeCommand(session, { ref: { deploymentId, which }, end });
    if (taken === 'nobody') throw new Closed('it was closed before, as its process was silent');
    return;
  }
  const { told } = line;
  if (input === undefined) await tellDeployment(session, { deploymentId, told });
  else if ((await hasClosed(session, deploymentId)) !== true) {
    await tellPast(session, { input, told });
  }
}
