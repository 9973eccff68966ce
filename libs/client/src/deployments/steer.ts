import { deploymentWorkflowId } from '@fairlead/contracts';
import type { CommandAnswer, CommandInput, CommandName } from '@fairlead/contracts';
import { UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Session } from '../connection/session.ts';

/** Sends a command and waits until the deployment took or refused it. */
export function sendCommand(
  session: Session,
  command: {
    readonly name: CommandName;
    readonly deploymentId: string;
    readonly input: CommandInput;
    /** A repeat under it is answered as the first was. */
    readonly updateId?: string;
  },
): Promise<CommandAnswer> {
  const { name, deploymentId, input, updateId } = command;
  return bounded(
    session,
    { what: `\`${name}\` of ${deploymentId}`, timeoutMs: UPDATE_TIMEOUT_MS },
    () =>
      session.client.workflow
        .getHandle(deploymentWorkflowId(deploymentId))
        .executeUpdate(MESSAGES[name], {
          args: [input],
          ...(updateId === undefined ? {} : { updateId }),
        }),
  );
}

/** Needs no worker: a signal waits in the history until one is back. */
export async function leaveAbortSignal(
  session: Session,
  deploymentId: string,
  input: CommandInput,
): Promise<void> {
  await bounded(
    session,
    { what: `the abort signal to ${deploymentId}`, timeoutMs: UPDATE_TIMEOUT_MS },
    () =>
      session.client.workflow.getHandle(deploymentWorkflowId(deploymentId)).signal('abort', input),
  );
}
