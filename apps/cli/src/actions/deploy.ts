import type { DeploymentRequest } from '@fairlead/contracts';
import { detectCaller } from '@fairlead/client/internal/asking/caller';
import type { DeployOptions } from '../commands/deploy.ts';
import type { Io } from '../io.ts';
import { deployPlan } from '@fairlead/client/internal/asking/plan';
import { createRequestId } from '@fairlead/client/internal/asking/request-id';
import type { Result } from '../result.ts';
import { withReport } from '../reporting/with-report.ts';
import { runRequest } from '../asking/run-request.ts';
import { requestDeployment } from '@fairlead/client/internal/deployments/request';
import { warnOf } from '../warn.ts';
import { withSession } from '../temporal/with-session.ts';

export function deploy(options: DeployOptions, io: Io): Promise<Result> {
  const requestId = options.requestId ?? createRequestId(new Date());
  const report = { folder: options.report, deploymentId: requestId, io };
  return withReport(report, () => ask({ ...options, requestId }, io));
}

type Asked = DeployOptions & { readonly requestId: string };

async function ask(options: Asked, io: Io): Promise<Result> {
  const { plan, warnings } = deployPlan(options, io);
  warnOf(warnings, io);
  const { requestId, reason, force = false } = options;
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
