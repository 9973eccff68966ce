import type {
  DeploymentInput,
  DeploymentRequest,
  ForeignWork,
  PlainEvent,
} from '@fairlead/contracts';
import type { EventOptions } from '../commands/event.ts';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { listenForInterrupts } from '../following/interrupts.ts';
import type { Io } from '../io.ts';
import { requestDeployment } from '@fairlead/client/internal/deployments/request';
import type { Session } from '@fairlead/client/internal/connection/session';
import { askTarget } from '@fairlead/client/internal/asking/ask-target';
import { detectCaller } from '@fairlead/client/internal/asking/caller';
import { foreignPlan } from '@fairlead/client/internal/asking/foreign-plan';
import type { EventAnswer } from './tell-event.ts';

/** Has the target admit a deployment that is told of by events from now on. */
export async function beginEvents(
  session: Session,
  event: PlainEvent,
  options: EventOptions,
  io: Io,
): Promise<EventAnswer> {
  const request = requestOf(event, options, io);
  const { requestId, plan, actor } = request;
  const interrupts = listenForInterrupts();
  try {
    const answer = await askTarget(
      session,
      {
        ...{ requestId, target: plan, actor, overHalt: false },
        ask: (signal) => requestDeployment(session, request, { signal }),
      },
      interrupts.signal,
    );
    const taken = { started: 'new', queued: 'queued', ended: 'late' } as const;
    return { deploymentId: requestId, taken: taken[answer.status] };
  } finally {
    interrupts.stop();
  }
}

/** The same, for when it can be told only later: beside the lock, as it has happened by then. */
export function pastInput(event: PlainEvent, options: EventOptions, io: Io): DeploymentInput {
  const { requestId, plan, force: _never, ...asked } = requestOf(event, options, io);
  const { foreign } = plan;
  const at = event.at ?? new Date().toISOString();
  return {
    ...{ ...asked, deploymentId: requestId, kind: 'deploy', requestedAt: at, leftovers: [] },
    plan: {
      ...plan,
      ...(foreign === undefined ? {} : { foreign: { ...foreign, locks: false, begunAt: at } }),
    },
  };
}

function requestOf(event: PlainEvent, options: EventOptions, io: Io): DeploymentRequest {
  const { deployment, at, reason, components = [] } = event;
  const caller = detectCaller(io.env);
  const environment = event.environment ?? options.environment;
  const application = event.application ?? options.application;
  if (environment === undefined) throw usageError('--environment: missing; a begin says where.');
  const foreign: ForeignWork = {
    source: 'events',
    ...{ undoable: false, locks: true },
    tool: event.tool ?? caller.ci?.provider ?? 'another tool',
    ...(at === undefined ? {} : { begunAt: at }),
  };
  const place = { environment, ...(application === undefined ? {} : { application }) };
  const plan = foreignPlan({ ...options, ...place }, foreign, io);
  return {
    ...{ requestId: deployment, ...caller, force: false },
    ...(event.actor === undefined ? {} : { actor: event.actor }),
    ...(reason === undefined ? {} : { reason }),
    plan: {
      ...plan,
      components: components.map(({ name, image }) => ({ name, workload: name, image, after: [] })),
    },
  };
}
