import type { DeploymentInput } from '@fairlead/contracts';
import { EXIT } from '@fairlead/client/internal/errors/exit';
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
import type { SpooledDeployment, SpoolLine } from './spool.ts';

/** Tells what earlier calls could not. What cannot be told now either stays; nothing that goes wrong here ends a call. */
export async function deliverSpool(session: Session, io: Io): Promise<void> {
  for (const deployment of spooled(io.env)) {
    const { deploymentId } = deployment;
    try {
      await deliver(session, deployment);
      deployment.remove();
      io.err(`Told what had waited of deployment ${deploymentId}.\n`);
    } catch (error) {
      if (error instanceof SyntaxError) deployment.putAside();
      const { exitCode, message } = toFairleadError(error);
      // The next call tries again.
      if (exitCode === EXIT.unreachable) return;
      deployment.remove();
      io.err(`What had waited of deployment ${deploymentId} was not taken: ${plain(message)}\n`);
    }
  }
}

async function deliver(
  session: Session,
  { deploymentId, lines }: SpooledDeployment,
): Promise<void> {
  const begun = lines.find((line) => 'begin' in line);
  // Each repeat is recognised by its ID, so a call that broke in the middle is harmless.
  for (const line of lines) await say(session, { deploymentId, line, input: begun?.begin });
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
    if (taken === 'nobody') throw new Error('it was closed before, as its process was silent');
    return;
  }
  const { told } = line;
  if (input === undefined) await tellDeployment(session, { deploymentId, told });
  else if ((await hasClosed(session, deploymentId)) !== true) {
    await tellPast(session, { input, told });
  }
}
