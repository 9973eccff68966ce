import type { DeploymentRequest, RollbackRequest } from '@fairlead/contracts';
import type { AdmissionRequest } from '../asking/admission-request.ts';
import { deployPlan, rollbackPlan } from '../asking/plan.ts';
import { requestDeployment, requestRollback } from '../deployments/request.ts';
import type { Context } from './context.ts';
import type { DeployOptions, RollbackOptions } from './options.ts';
import { requestIdOf } from './run.ts';

/** Reads the caller's file; of its secrets none is looked at. */
export function deploymentRequest(context: Context, options: DeployOptions): AdmissionRequest {
  const { components, simulateFailure, reason, force = false, ...rest } = options;
  const place = simulateFailure === true ? 'health' : simulateFailure;
  const { plan } = deployPlan(
    {
      ...rest,
      config: options.config ?? context.config,
      ...(components === undefined
        ? {}
        : { component: Object.entries(components).map(([name, image]) => ({ name, image })) }),
      ...(place === undefined || place === false ? {} : { simulateFailure: place }),
    },
    context,
  );
  const request: DeploymentRequest = {
    ...{ requestId: requestIdOf(options.requestId), plan, ...context.caller, force },
    ...(reason === undefined ? {} : { reason }),
  };
  return {
    ...{ requestId: request.requestId, target: plan, actor: request.actor, overHalt: force },
    ask: (signal) => requestDeployment(context.session, request, { signal }),
  };
}

/** To what ran before, as a deployment of its own. */
export function rollbackRequest(context: Context, options: RollbackOptions): AdmissionRequest {
  const { reason, to } = options;
  const plan = rollbackPlan({ ...options, config: options.config ?? context.config }, context);
  const request: RollbackRequest = {
    ...{ requestId: requestIdOf(options.requestId), plan, ...context.caller },
    ...(reason === undefined ? {} : { reason }),
    ...(to === undefined ? {} : { to }),
  };
  return {
    ...{ requestId: request.requestId, target: plan, actor: request.actor, overHalt: true },
    ask: (signal) => requestRollback(context.session, request, { signal }),
  };
}
