import type { RollbackRequest } from '@fairlead/contracts';
import { detectCaller } from '../asking/caller.ts';
import type { RollbackOptions } from '../commands/rollback.ts';
import type { Io } from '../io.ts';
import { rollbackPlan } from '../asking/plan.ts';
import { createRequestId } from '../asking/request-id.ts';
import type { Result } from '../result.ts';
import { runRequest } from '../asking/run-request.ts';
import { requestRollback } from '../temporal/request.ts';
import { withSession } from '../temporal/with-session.ts';

export async function rollback(options: RollbackOptions, io: Io): Promise<Result> {
  const plan = rollbackPlan(options, io);
  const { reason, to } = options;
  const requestId = options.requestId ?? createRequestId(new Date());
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
