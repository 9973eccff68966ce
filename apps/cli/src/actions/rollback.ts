import type { RollbackRequest } from '@fairlead/contracts';
import { detectCaller } from '@fairlead/client/internal/asking/caller';
import type { RollbackOptions } from '../commands/rollback.ts';
import type { Io } from '../io.ts';
import { rollbackPlan } from '@fairlead/client/internal/asking/plan';
import { createRequestId } from '@fairlead/client/internal/asking/request-id';
import type { Result } from '../result.ts';
import { withReport } from '../reporting/with-report.ts';
import { runRequest } from '../asking/run-request.ts';
import { requestRollback } from '@fairlead/client/internal/deployments/request';
import { withSession } from '../temporal/with-session.ts';

export function rollback(options: RollbackOptions, io: Io): Promise<Result> {
  const requestId = options.requestId ?? createRequestId(new Date());
  const report = { folder: options.report, deploymentId: requestId, io };
  return withReport(report, () => ask({ ...options, requestId }, io));
}

type Asked = RollbackOptions & { readonly requestId: string };

async function ask(options: Asked, io: Io): Promise<Result> {
  const plan = rollbackPlan(options, io);
  const { requestId, reason, to } = options;
  const request: RollbackRequest = {
    requestId,
    plan,
    ...detectCaller(io.env),
    ...(reason === undefined ? {} : { reason }),
    ...(to === undefined ? {} : { to }),
  };
  return withSession(io, (session) =>
    runRequest(
      session,
      {
        requestId,
        target: plan,
        actor: request.actor,
        overHalt: true,
        options,
        ask: (signal) => requestRollback(session, request, { signal }),
      },
      io,
    ),
  );
}
