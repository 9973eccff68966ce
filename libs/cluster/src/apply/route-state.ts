import { FIELD_MANAGER } from '@fairlead/contracts';
import type { ComponentSnapshot, TrafficSnapshot } from '@fairlead/contracts';
import { canonicalJson } from '../digest.ts';
import { edited, notFound } from '../failures.ts';
import { canaryName, includesLabels, isOurs, runLabels } from '../labels.ts';
import type { Route, Service } from '../objects.ts';
import { candidatesBefore } from './route-before.ts';
import { isCanaryAmong, routeDigest } from './route-digest.ts';
import { canaryPercent, splitRules, withRules } from './route-split.ts';
import type { RouteBefore, Split } from './route-split.ts';
import { read } from './run.ts';
import type { Run } from './run.ts';

export type Gateway = Extract<TrafficSnapshot, { router: 'gateway-api' }>;

export interface RouteState {
  readonly route: Route;
  readonly canaryService: Service | undefined;
  readonly split: Split;
  readonly before: RouteBefore;
  /** `undefined`: the canary has no backend in the route. */
  readonly percent: number | undefined;
}

/** The component's rules as they are: as recorded, or that with our canary in it. Everything else is somebody's edit. */
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
  const before = candidatesBefore(route.spec, split, canaryService).find(
    (one) => routeDigest(route.spec, split.service, one) === traffic.routeDigest,
  );
  const state = before && { route, canaryService, split, before, percent };
  if (state === undefined || !hasOurWeights(state) || !(await isLastWrittenByUs(run, state))) {
    throw edited(`${where} was changed by someone else while the run was on (${component.name})`);
  }
  return state;
}

/** All rules at one percentage. */
function hasOurWeights({ route: { spec }, before, split, percent }: RouteState): boolean {
  if (percent === undefined) return true;
  const ours = withRules(spec, splitRules(before, split, percent));
  return canonicalJson(ours) === canonicalJson(spec);
}

/**
 * A weight that someone else wrote may look like one of ours: who wrote last tells. The list of rules has one writer
 * for all of them, so a canary of this run in any of them counts: our write would else hide what was done to that one.
 */
async function isLastWrittenByUs(run: Run, { route, percent }: RouteState): Promise<boolean> {
  if (route.writers.includes(FIELD_MANAGER)) return true;
  if (percent !== undefined) return false;
  const { cluster, namespace } = run;
  const names = canaryBackends(route);
  const services = await Promise.all(
    names.map((name) => read(run, cluster.service({ namespace, name }))),
  );
  return !services.some((one) => includesLabels(one?.labels ?? {}, runLabels(run.deploymentId)));
}

function canaryBackends({ spec }: Route): string[] {
  const names = (spec.rules ?? []).flatMap(({ backendRefs = [] }) =>
    backendRefs.flatMap((one) => (isCanaryAmong(backendRefs, one) ? [one.name] : [])),
  );
  return [...new Set(names)];
}
