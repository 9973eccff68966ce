import type { BackendRef, RouteSpec, Service } from '../objects.ts';
import { canaryPercent, isService, rulesOf } from './route-split.ts';
import type { RouteBefore, Split } from './route-split.ts';

/** On the canary's Service: the stable's own backends in the route before the canary came in. */
const ROUTE_BEFORE = 'fairlead.dev/route-before';

/**
 * What the component's rules may have been before its canary came in; a digest proves one of them. Everything but its
 * own backends is as it is now, so that whoever shares a rule keeps what is theirs.
 */
export function candidatesBefore(
  spec: RouteSpec,
  split: Split,
  canaryService: Service | undefined,
): readonly RouteBefore[] {
  if (canaryPercent(spec, split) === undefined) return [rulesOf(spec, split.service)];
  const noted = notedBefore(canaryService);
  if (noted === undefined) return guessesBefore(spec, split);
  return [
    restored(spec, split, (rule) => {
      const { backendRefs = [] } = noted.find((one) => one.rule === rule) ?? {};
      return backendRefs.filter((backend) => isService(backend, split.service));
    }),
  ];
}

/** To be kept on the canary's Service. */
export function noteBefore(before: RouteBefore, { service }: Split): Record<string, string> {
  const own = before.map(({ rule, backendRefs }) => ({
    rule,
    backendRefs: backendRefs.filter((backend) => isService(backend, service)),
  }));
  return { [ROUTE_BEFORE]: JSON.stringify(own) };
}

function notedBefore(canaryService: Service | undefined): RouteBefore | undefined {
  const noted = canaryService?.annotations[ROUTE_BEFORE];
  return noted === undefined ? undefined : (JSON.parse(noted) as RouteBefore);
}

/** The note went with the Service: the stable had the sum of both, or, alone in its rule, the default of 1. */
function guessesBefore(spec: RouteSpec, split: Split): RouteBefore[] {
  return [undefined, 1].map((weight) =>
    restored(spec, split, (_rule, backends) => {
      const taken = backends.find((one) => isService(one, split.canary))?.weight ?? 0;
      return backends
        .filter((one) => isService(one, split.service))
        .map((one) => ({ ...one, weight: weight ?? (one.weight ?? 1) + taken }));
    }),
  );
}

/** The rules as they are, without the canary and with the stable's backends as `stables` has them, in their order. */
function restored(
  spec: RouteSpec,
  { service, canary }: Split,
  stables: (rule: number, backends: readonly BackendRef[]) => readonly BackendRef[],
): RouteBefore {
  return rulesOf(spec, service).map(({ rule, backendRefs }) => {
    const left = [...stables(rule, backendRefs)];
    return {
      rule,
      backendRefs: backendRefs.flatMap((backend) => {
        if (isService(backend, canary)) return [];
        return isService(backend, service) ? [left.shift() ?? backend] : [backend];
      }),
    };
  });
}
