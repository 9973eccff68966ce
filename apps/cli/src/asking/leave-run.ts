import type { DeploymentRecord } from '@fairlead/contracts';
import { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import { follow } from '@fairlead/client/internal/deployments/follow';
import type { Io } from '../io.ts';
import { recordResult, unfinishedResult } from '../following/record-result.ts';
import type { Result } from '../result.ts';
import type { RunRequest } from './run-request.ts';
import { stopDeployment } from '@fairlead/client/internal/deployments/steering';
import { liveLooks } from '@fairlead/client/internal/deployments/record';
import type { Session } from '@fairlead/client/internal/connection/session';
import type { View } from '../following/view.ts';

interface Leaving {
  readonly session: Session;
  readonly request: RunRequest;
  readonly io: Io;
  readonly view: View;
  readonly deploymentId: string;
}

/** Ctrl-C detaches, or aborts and stays to the end where the caller said so. A timeout always detaches. */
export async function leaveRun(
  leaving: Leaving,
  at: { readonly end: 'timeout' | 'interrupted'; readonly record?: DeploymentRecord },
): Promise<Result> {
  const { session, request, io, view, deploymentId } = leaving;
  if (at.end === 'timeout' || request.options.onCancel === 'detach') {
    const why = at.end === 'timeout' ? 'timeout' : 'detached';
    return unfinishedResult({ deploymentId, record: at.record, why });
  }
  view.note(`Aborting ${deploymentId}; Ctrl-C again leaves it to itself.`);
  const stopped = await abort(leaving);
  if (stopped === 'withdrawn') {
    throw new FairleadError('withdrawn', EXIT.refused, `Withdrawn: ${deploymentId} did not run.`, {
      details: { deploymentId },
    });
  }
  const followed = await follow({
    deploymentId,
    read: liveLooks(session, deploymentId),
    view,
    // The first Ctrl-C is spent, and the second ends the process.
    signal: new AbortController().signal,
  });
  return followed.end === 'outcome'
    ? recordResult(followed.record, io)
    : unfinishedResult({ deploymentId, record: followed.record, why: 'detached' });
}

async function abort({ session, request, deploymentId }: Leaving) {
  const { actor, target } = request;
  const input = { actor, reason: 'the caller was interrupted' };
  try {
    return await stopDeployment(session, { deploymentId, input, environment: target.environment });
  } catch (error) {
    // It ended, or goes back already: its end is what is followed.
    if (error instanceof FairleadError && error.type === 'unfit-phase') return undefined;
    throw error;
  }
}
