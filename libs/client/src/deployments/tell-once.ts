import { deploymentWorkflowId } from '@fairlead/contracts';
import type { DeploymentInput, Told, ToldAnswer } from '@fairlead/contracts';
import { EXIT } from '../errors/exit.ts';
import { FairleadError } from '../errors/fairlead-error.ts';
import { UPDATE_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { NotFound, Rejection } from '../connection/failures.ts';
import type { Server } from '../connection/session.ts';
import { hasClosed, tellDeployment, tellPast } from './foreign.ts';

interface Telling {
  readonly deploymentId: string;
  readonly told: Told;
  /** Makes the record where there is none yet. */
  readonly input?: DeploymentInput;
}

/** Tells a deployment, whether it is on or over: what was told before is known then too. `unknown`: there is none. */
export async function tellOnce(
  server: Server,
  { deploymentId, told, input }: Telling,
): Promise<ToldAnswer['taken'] | 'unknown'> {
  try {
    const { taken } = await (input === undefined
      ? tellDeployment(server, { deploymentId, told })
      : tellPast(server, { input, told }));
    return taken;
  } catch (error) {
    if (error instanceof Rejection || isAway(error)) throw error;
    const isClosed = await hasClosed(server, deploymentId);
    if (isClosed === undefined && error instanceof NotFound) return 'unknown';
    if (isClosed !== true) throw error;
    return (await wasTold(server, { deploymentId, told })) ? 'known' : 'late';
  }
}

function isAway(error: unknown): boolean {
  return error instanceof FairleadError && error.exitCode === EXIT.unreachable;
}

/** Of a deployment that is over, Temporal still knows what it was told. */
async function wasTold(
  server: Server,
  { deploymentId, told }: Pick<Telling, 'deploymentId' | 'told'>,
): Promise<boolean> {
  const call = { what: `what ${deploymentId} was told`, timeoutMs: UPDATE_TIMEOUT_MS };
  try {
    const { taken } = await bounded(server, call, () =>
      server.client.workflow
        .getHandle(deploymentWorkflowId(deploymentId))
        .getUpdateHandle<ToldAnswer>(told.eventId)
        .result(),
    );
    return taken !== 'late';
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
