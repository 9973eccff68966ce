import { digest } from '../digest.ts';
import { canaryName } from '../labels.ts';
import type { BackendRef, RouteSpec } from '../objects.ts';
import { isService } from './route-split.ts';
import type { RouteBefore } from './route-split.ts';

/**
 * SHA-256 of one component's part of a route: its own rules and their places as they were before its canary came in,
 * and all that stands outside the rules. Rules of other components may change side by side, and so may the split of
 * another one in a rule that both share: there the sum of stable and canary counts.
 */
export function routeDigest(spec: RouteSpec, service: string, before: RouteBefore): string {
  const rules = before.map(({ rule, backendRefs }) => ({
    ...spec.rules?.[rule],
    backendRefs: withoutOthersCanaries(backendRefs, service),
    place: rule,
  }));
  return digest({ ...spec, rules });
}

function withoutOthersCanaries(
  backends: readonly BackendRef[],
  service: string,
): readonly BackendRef[] {
  return backends.flatMap((backend) => {
    if (isService(backend, service)) return [backend];
    if (isCanaryAmong(backends, backend)) return [];
    return [{ ...backend, weight: weightOf(backend) + canaryWeight(backends, backend) }];
  });
}

/** Whether the backend is the canary of another one in the same rule, as Fairlead names canaries. */
export function isCanaryAmong(backends: readonly BackendRef[], backend: BackendRef): boolean {
  return backends.some(
    (stable) =>
      isService(stable, stable.name) &&
      stable.name !== backend.name &&
      isService(backend, canaryName(stable.name)),
  );
}

function canaryWeight(backends: readonly BackendRef[], stable: BackendRef): number {
  if (!isService(stable, stable.name)) return 0;
  return backends
    .filter((backend) => isService(backend, canaryName(stable.name)))
    .reduce((sum, backend) => sum + weightOf(backend), 0);
}

/** 1 is the Gateway API's default. */
function weightOf({ weight = 1 }: BackendRef): number {
  return weight;
}
