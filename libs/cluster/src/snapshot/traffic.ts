import type { Refusal, SnapshotRequest, TrafficSnapshot } from '@fairlead/contracts';
import { candidatesBefore } from '../apply/route-before.ts';
import { routeDigest } from '../apply/route-digest.ts';
import { rulesOf, unrepresentable } from '../apply/route-split.ts';
import { canaryName, isOurs, selectsPods } from '../labels.ts';
import type { BackendRef, Route, Service, Workload } from '../objects.ts';

export type Finding = Omit<Refusal, 'component'>;

/** What the run's route is, read once for all components. */
export interface Surroundings {
  readonly namespace: string;
  readonly services: readonly Service[];
  readonly route: Route | undefined;
}

export type FoundTraffic =
  | { readonly traffic: TrafficSnapshot; readonly warnings: readonly string[] }
  | { readonly findings: readonly Finding[] };

export function findTraffic(
  request: Pick<SnapshotRequest, 'type' | 'traffic' | 'steps'>,
  workload: Workload,
  around: Surroundings,
): FoundTraffic {
  const { traffic, type } = request;
  if (type !== 'canary' || traffic.router !== 'gateway-api') {
    return { traffic: { router: 'replicas' }, warnings: [] };
  }
  const { route, services, namespace } = around;
  const where = `HTTPRoute ${traffic.route} in ${namespace}`;
  if (route === undefined) {
    return refuse('route-missing', `there is no ${where}; create it, or correct canary.route`);
  }
  const labels = workload.template.metadata?.labels ?? {};
  const mine = services.filter(({ selector }) => selectsPods(selector, labels));
  const named = namedServices(route, mine);
  const [service] = named;
  if (service === undefined) {
    const selecting = mine.map(({ name }) => name).join(', ');
    return refuse(
      'service-missing',
      `${where} names no Service that selects the pods of ${workload.name}` +
        (selecting === '' ? '; no Service selects them at all' : `; these do: ${selecting}`),
    );
  }
  const canary = canaryName(service);
  const canaryService = services.find(({ name }) => name === canary);
  if (canaryService !== undefined && !isOurs(canaryService.labels)) {
    return refuse('workload-managed', `Service ${canary} is not Fairlead's; rename or delete it`);
  }
  // An earlier run may have left its canary in the route.
  const [before = []] = candidatesBefore(route.spec, { service, canary }, canaryService);
  const weights = request.steps.flatMap((step) => (step.kind === 'weight' ? [step.weight] : []));
  const broken = unrepresentable(before, service, [...weights, 100]);
  const findings = [
    ...routeProblems(route).map((why) => finding('route-not-accepted', `${where}: ${why}`)),
    ...(broken === undefined
      ? []
      : [
          finding(
            'weight-not-representable',
            `${where}: ${broken}; multiply all weights of the rule so that it is`,
          ),
        ]),
  ];
  if (findings.length > 0) return { findings };
  const others = named
    .slice(1)
    .map((name) => `${where} also sends traffic to ${name}: it stays with the stable`);
  return {
    traffic: {
      router: 'gateway-api',
      route: route.name,
      service,
      routeDigest: routeDigest(route.spec, service, before),
    },
    warnings: others,
  };
}

function namedServices(route: Route, services: readonly Service[]): string[] {
  const backends = (route.spec.rules ?? []).flatMap<BackendRef>(
    ({ backendRefs = [] }) => backendRefs,
  );
  const names = backends
    .map(({ name }) => name)
    .filter((name) =>
      services.some((one) => one.name === name && rulesOf(route.spec, name).length > 0),
    );
  return [...new Set(names)];
}

/** Every gateway must have taken the route as it is now. */
function routeProblems({ parents, generation }: Route): string[] {
  if (parents.length === 0) return ['no gateway has accepted it (status.parents is empty)'];
  return parents.flatMap(({ name, conditions }) =>
    ['Accepted', 'ResolvedRefs'].flatMap((type) => {
      const condition = conditions.find((one) => one.type === type);
      if (condition === undefined) return [`gateway ${name} does not say ${type}`];
      if (condition.status !== 'True') {
        return [`gateway ${name}: not ${type}: ${condition.reason}: ${condition.message}`];
      }
      return condition.observedGeneration < generation
        ? [`gateway ${name} has not looked at its present generation yet (${type})`]
        : [];
    }),
  );
}

export function finding(type: Finding['type'], message: string): Finding {
  return { type, message };
}

function refuse(type: Finding['type'], message: string): FoundTraffic {
  return { findings: [finding(type, message)] };
}
