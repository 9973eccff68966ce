import type { CanaryStep, DeploymentType, TrafficPlan } from '@fairlead/contracts';
import type { Quota, Workload } from '../objects.ts';
import { podAmounts, times } from './pod-resources.ts';
import type { Amounts } from './pod-resources.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';

/** The most that a run adds at one time: Kubernetes' surge, and the canary beside it while the stable is replaced. */
export function peakAmounts(
  workload: Workload,
  {
    type,
    steps,
    traffic,
  }: {
    readonly type: DeploymentType;
    readonly steps: readonly CanaryStep[];
    readonly traffic: TrafficPlan;
  },
): Amounts {
  const canary = type === 'canary' ? canaryPods(workload.replicas, steps) : 0;
  const pods = times(podAmounts(workload.template.spec), canary + surge(workload));
  if (type !== 'canary') return pods;
  const services = traffic.router === 'gateway-api' ? { services: 1, 'count/services': 1 } : {};
  return { ...pods, 'count/deployments.apps': 1, ...services };
}

function canaryPods(replicas: number, steps: readonly CanaryStep[]): number {
  const weights = steps.flatMap((step) => (step.kind === 'weight' ? [step.weight] : []));
  return Math.max(1, Math.ceil((replicas * Math.max(0, ...weights)) / 100));
}

/** Percentages are rounded up, as Kubernetes does. */
function surge({ strategy, maxSurge, replicas }: Workload): number {
  if (strategy === 'Recreate') return 0;
  return typeof maxSurge === 'number'
    ? maxSurge
    : Math.ceil((replicas * Number.parseFloat(maxSurge)) / 100);
}

/** Scopes that pods of a Kubernetes Deployment are never in, or whose members a template alone does not tell. */
const FOREIGN_SCOPES = ['Terminating', 'BestEffort', 'PriorityClass', 'CrossNamespacePodAffinity'];

/** What does not fit, with the figures. */
export function lackingRoom(quotas: readonly Quota[], needed: Amounts): string[] {
  return quotas
    .filter(
      ({ scopes, hasScopeSelector }) =>
        !hasScopeSelector && !scopes.some((scope) => FOREIGN_SCOPES.includes(scope)),
    )
    .flatMap(({ name, hard, used }) =>
      Object.entries(hard).flatMap(([resource, limit]) => {
        const need = needed[resource] ?? 0;
        const free = parseQuantity(limit) - parseQuantity(used[resource] ?? '0');
        return need > 0 && need > free
          ? [
              `quota ${name} has ${formatQuantity(resource, free)} of ${limit} ${resource} free, ` +
                `${formatQuantity(resource, need)} more are needed`,
            ]
          : [];
      }),
    );
}
