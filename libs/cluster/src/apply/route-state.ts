import { FIELD_MANAGER } from '@fairlead/contracts';
import type { ComponentSnapshot, TrafficSnapshot } from '@fairlead/contracts';
import { canonicalJson, digest } from '../digest.ts';
import { edited, notFound } from '../failures.ts';
import { canaryName, isOurs } from '../labels.ts';
import type { BackendRef, Route, RouteSpec, Service } from '../objects.ts';
import { canaryPercent, isService, rulesOf, splitRules, withRules } from './route-split.ts';
import type { RouteBefore, Split } from './route-split.ts';
import { read } from './run.ts';
import type { Run } from './run.ts';

/** On the canary's Service: the backends of the route's rules before the canary came in. */
export const ROUTE_BEFORE = 'fairlead.dev/route-before';

export type Gateway = Extract<TrafficSnapshot, { router: 'gateway-api' }>;

export interface RouteState {
  readonly route: Route;
  readonly canaryService: Service | undefined;
  readonly split: Split;
  readonly before: RouteBefore;
  /** `undefined`: the canary has no backend in the route. */
  readonly percent: number | undefined;
}

/** The route as it is: as it was recorded, or that with our canary in it. Everything else is somebody's edit. */
export async function findRoute(
  run: Run,
  component: ComponentSnapshot,
  traffic: Gateway,
): Promise<RouteState> {
  const { cluster, namespace } = run;
  const split = { service: traffic.service, canary: canaryName(traffic.service) };
  const [route, canaryService] = await Promise.all([
    read(run, cluster.route({ namespace, name: traffic.route })),
    read(run, cluster.service({ namespace, name: split.canary })),
  ]);
  const where = `HTTPRoute ${traffic.route} in ${namespace}`;
  if (route === undefined) throw notFound(`${where} is gone; it was there when the run began`);
  if (canaryService !== undefined && !isOurs(canaryService.labels)) {
    throw edited(`Service ${split.canary} in ${namespace} is not Fairlead's; rename or delete it`);
  }
  const percent = canaryPercent(route.spec, split);
  const before = routeBefore(route.spec, canaryService, split, traffic.routeDigest);
  if (before === undefined || !isIntact(route, { before, split, percent })) {
    throw edited(`${where} was changed by someone else while the run was on (${component.name})`);
  }
  return { route, canaryService, split, before, percent };
}

/** What the route's rules were before the canary came in, proven by the digest of the whole. */
function routeBefore(
  spec: RouteSpec,
  canaryService: Service | undefined,
  split: Split,
  routeDigest: string,
): RouteBefore | undefined {
  if (canaryPercent(spec, split) === undefined) {
    return digest(spec) === routeDigest ? rulesOf(spec, split.service) : undefined;
  }
  const noted = notedBefore(canaryService);
  const guesses = noted === undefined ? guessBefore(spec, split) : [noted];
  return guesses.find((before) => digest(withRules(spec, before)) === routeDigest);
}

/** Before anything of this run: an earlier one may have left its canary in the route. */
export function routeBeforeLeftOver(
  spec: RouteSpec,
  canaryService: Service | undefined,
  split: Split,
): RouteBefore {
  if (canaryPercent(spec, split) === undefined) return rulesOf(spec, split.service);
  return notedBefore(canaryService) ?? guessBefore(spec, split)[0] ?? [];
}

function notedBefore(canaryService: Service | undefined): RouteBefore | undefined {
  const noted = canaryService?.annotations[ROUTE_BEFORE];
  return noted === undefined ? undefined : (JSON.parse(noted) as RouteBefore);
}

/** The note went with the Service: the stable had the sum of both, or, alone in its rule, the default of 1. */
function guessBefore(spec: RouteSpec, { service, canary }: Split): RouteBefore[] {
  const restore = (backends: readonly BackendRef[], weight: number | undefined) => {
    const taken = backends.find((backend) => isService(backend, canary))?.weight ?? 0;
    return backends.flatMap((backend) => {
      if (isService(backend, canary)) return [];
      if (!isService(backend, service)) return [backend];
      return [{ ...backend, weight: weight ?? (backend.weight ?? 1) + taken }];
    });
  };
  return [undefined, 1].map((weight) =>
    rulesOf(spec, canary).map(({ rule, backendRefs }) => ({
      rule,
      backendRefs: restore(backendRefs, weight),
    })),
  );
}

/** Our weights, all at one percentage, and last written by us. */
function isIntact(
  route: Route,
  { before, split, percent }: Pick<RouteState, 'before' | 'split' | 'percent'>,
): boolean {
  if (percent === undefined) return true;
  const ours = withRules(route.spec, splitRules(before, split, percent));
  return route.writers.includes(FIELD_MANAGER) && canonicalJson(ours) === canonicalJson(route.spec);
}
