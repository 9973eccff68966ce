import type { DeploymentRequest } from '@fairlead/contracts';
import { detectCaller } from '../asking/caller.ts';
import type { DeployOptions } from '../commands/deploy.ts';
import type { Io } from '../io.ts';
import { deployPlan } from '../asking/plan.ts';
import { createRequestId } from '../asking/request-id.ts';
import type { Result } from '../result.ts';
import { runRequest } from '../asking/run-request.ts';
import { requestDeployment } from '../temporal/request.ts';
import { withSession } from '../temporal/with-session.ts';

export async function deploy(options: DeployOptions, io: Io): Promise<Result> {
  const plan = deployPlan(options, io);
  const { reason, force = false } = options;
  const requestId = options.requestId ?? createRequestId(new Date());
  const request: DeploymentRequest = {
    requestId,
    plan,
    ...detectCaller(io.env),
    ...(reason === undefined ? {} : { reason }),
    force,
  };
  return withSession(io, (session) =>
    runRequest(
      session,
      {
        requestId,
        target: plan,
        actor: request.actor,
        overHalt: force,
        options,
        ask: (signal) => requestDeployment(session, request, { signal }),
      },
      io,
    ),
  );
}
