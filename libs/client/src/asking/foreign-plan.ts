import { loadCallerConfig, resolvePlanWithOrigins } from '@fairlead/config';
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

/** Stands where components would: what another tool deploys, it alone knows. */
const UNKNOWN = { name: 'foreign', image: 'foreign' };

/** The plan of another tool's deployment. A configuration file says more of the environment, but needs not be there. */
export function foreignPlan(
  options: ForeignPlanOptions,
  foreign: ForeignWork,
  from: Surroundings,
): DeploymentPlan {
  const { environment, application, type = 'rolling', onBusy, expected } = options;
  const config = loadCallerConfig(configInputs(options, from), ['application', 'environments']);
  const isDescribed = config.values.environments !== undefined;
  const { plan } = resolvePlanWithOrigins({
    config,
    flags: {
      ...{ environment, type: 'rolling', components: [UNKNOWN] },
      ...(application === undefined ? {} : { application }),
      ...(onBusy === undefined ? {} : { onBusy }),
      // Without a file there is nothing that a wrong name could be told by.
      ...(isDescribed ? {} : { namespace: environment }),
      features: {
        monitoring: options.disableMonitoring !== true,
        notifications: options.disableNotifications !== true,
        remediation: true,
      },
    },
  });
  return {
    ...plan,
    ...{ type, components: [], cluster: '', namespace: '', foreign },
    ...(expected === undefined ? {} : { expectedDurationMs: expected }),
  };
}
