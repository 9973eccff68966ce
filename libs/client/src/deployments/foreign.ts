import {
  COMMAND_ACTIVITIES,
  CONTROL_QUEUE,
  WORKFLOW_TYPES,
  deploymentWorkflowId,
  searchAttributesOf,
} from '@fairlead/contracts';
import type { CommandEnd, DeploymentInput, Told, ToldAnswer } from '@fairlead/contracts';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { NotFound } from '../connection/failures.ts';
import { MESSAGES } from '../connection/messages.ts';
import type { Server } from '../connection/session.ts';

/** One of the two that a wrapping process completes. */
export interface CommandRef {
  readonly deploymentId: string;
  readonly which: keyof typeof COMMAND_ACTIVITIES;
}

/** A heartbeat that takes longer is one that was missed: the next is on its way by then. */
const BEAT_TIMEOUT_MS = 4_000;

/**
 * Says that the process is there. `stop`: somebody has aborted the deployment. `missed`: nobody took it, for the server
 * is away, or no worker has taken it up yet, or all is over.
 */
export async function beat(session: Server, ref: CommandRef): Promise<'heard' | 'stop' | 'missed'> {
  const { client } = session;
  try {
    await client.withDeadline(Date.now() + BEAT_TIMEOUT_MS, () =>
      client.activity.heartbeat(activityOf(ref)),
    );
    return 'heard';
  } catch (error) {
    return nameOf(error) === 'ActivityCancelledError' ? 'stop' : 'missed';
  }
}

/** Says how the process ended. `nobody`: no such activity is on now. Throws where Temporal does not answer. */
export async function completeCommand(
  session: Server,
  { ref, end }: { readonly ref: CommandRef; readonly end: CommandEnd },
): Promise<'taken' | 'nobody'> {
  const { client } = session;
  const call = { what: `the end of ${ref.deploymentId}`, timeoutMs: BEAT_TIMEOUT_MS };
  return bounded(session, call, async () => {
    try {
      await client.activity.complete(activityOf(ref), end);
      return 'taken';
    } catch (error) {
      if (nameOf(error) === 'ActivityNotFoundError') return 'nobody';
      throw error;
    }
  });
}

/** Whether the deployment's workflow is over; undefined where there never was one. */
export async function hasClosed(
  session: Server,
  deploymentId: string,
): Promise<boolean | undefined> {
  const call = { what: `the state of ${deploymentId}`, timeoutMs: UPDATE_TIMEOUT_MS };
  try {
    const { status } = await bounded(session, call, () =>
      session.client.workflow.getHandle(deploymentWorkflowId(deploymentId)).describe(),
    );
    return status.name !== 'RUNNING';
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** Tells a deployment what has become of it. Throws `NotFound` where there is none, or it is over. */
export function tellDeployment(
  session: Server,
  { deploymentId, told }: { readonly deploymentId: string; readonly told: Told },
): Promise<ToldAnswer> {
  return bounded(session, tellCall(deploymentId), () =>
    session.client.workflow
      .getHandle(deploymentWorkflowId(deploymentId))
      .executeUpdate(MESSAGES.tell, { args: [told], updateId: told.eventId }),
  );
}

/** Tells it, and makes its record where there is none yet: beside its target's lock, since it has happened already. */
export function tellPast(
  session: Server,
  { input, told }: { readonly input: DeploymentInput; readonly told: Told },
): Promise<ToldAnswer> {
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES.deployment, {
    workflowId: deploymentWorkflowId(input.deploymentId),
    taskQueue: CONTROL_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: searchAttributesOf(input).map(([name, value]) => ({
      key: { name, type: 'KEYWORD' },
      value,
    })),
  });
  return bounded(session, tellCall(input.deploymentId), () =>
    session.client.workflow.executeUpdateWithStart(MESSAGES.tell, {
      ...{ args: [told], updateId: told.eventId, startWorkflowOperation },
    }),
  );
}

function tellCall(deploymentId: string) {
  return { what: `the word to ${deploymentId}`, timeoutMs: UPDATE_TIMEOUT_MS };
}

function activityOf({ deploymentId, which }: CommandRef) {
  return {
    workflowId: deploymentWorkflowId(deploymentId),
    activityId: COMMAND_ACTIVITIES[which],
  };
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
