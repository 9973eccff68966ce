import { loadCallerConfig, resolveForeignPlan } from '@fairlead/config';
import type { BusyPolicy, DeploymentPlan, DeploymentType, ForeignWork } from '@fairlead/contracts';
import { configInputs } from './plan.ts';
import type { Surroundings } from './plan.ts';

export interface ForeignPlanOptions {
  readonly environment: string;
  readonly application?: string;
  readonly type?: DeploymentType;
  readonly onBusy?: BusyPolicy;
  /** Milliseconds. */
  readonly expected?: number;
  readonly config?: readonly string[];
  readonly disableMonitoring?: boolean;
  readonly disableNotifications?: boolean;
}

/** The plan of another tool's deployment. A configuration file says more of the environment, but needs not be there. */
export function foreignPlan(
  options: ForeignPlanOptions,
  foreign: ForeignWork,
  from: Surroundings,
): DeploymentPlan {
  const { environment, application, type, onBusy, expected } = options;
  const plan = resolveForeignPlan({
    config: loadCallerConfig(configInputs(options, from), ['application', 'environments']),
    foreign,
    flags: {
      environment,
      ...(application === undefined ? {} : { application }),
      ...(type === undefined ? {} : { type }),
      ...(onBusy === undefined ? {} : { onBusy }),
      features: {
        monitoring: options.disableMonitoring !== true,
        notifications: options.disableNotifications !== true,
        remediation: true,
      },
    },
  });
  return { ...plan, ...(expected === undefined ? {} : { expectedDurationMs: expected }) };
}
