import type { DeploymentPlan, ForeignWork } from '@fairlead/contracts';
import type { CallerConfig } from '../load/load-config.ts';
import type { PlanFlags } from './plan-flags.ts';
import { resolvePlanWithOrigins } from './resolve-plan.ts';

interface ForeignPlanInput {
  readonly config: CallerConfig;
  readonly flags: Omit<PlanFlags, 'components' | 'namespace'>;
  readonly foreign: ForeignWork;
}

/** Stands where components would: what another tool deploys, it alone knows. */
const UNKNOWN = { name: 'foreign', image: 'foreign' };

/** The plan of another tool's deployment. The configuration says more of the environment, but needs not know it. */
export function resolveForeignPlan({ config, flags, foreign }: ForeignPlanInput): DeploymentPlan {
  const { application, environments } = config.values;
  const { plan } = resolvePlanWithOrigins({
    config: {
      ...config,
      values: {
        ...(application === undefined ? {} : { application }),
        ...(environments === undefined ? {} : { environments }),
      },
    },
    flags: {
      ...flags,
      ...{ type: 'rolling', components: [UNKNOWN] },
      // Without a file there is nothing that a wrong name could be told by.
      ...(environments === undefined ? { namespace: flags.environment } : {}),
    },
  });
  const { type = 'rolling' } = flags;
  return { ...plan, type, components: [], cluster: '', namespace: '', foreign };
}
