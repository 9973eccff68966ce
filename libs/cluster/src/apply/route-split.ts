import type { BackendRef, RouteSpec } from '../objects.ts';
import type { RulePatch } from '../port.ts';

/** Backends of the rules that name the component's Service, as they were before the canary's came in. */
export type RouteBefore = readonly RulePatch[];

/** A backend alone in its rule may be split finer than its weight says: only the ratio counts there. */
const SOLE_PARTS = 100;

export interface Split {
  readonly service: string;
  readonly canary: string;
}

/** The rules that name the Service. */
export function rulesOf(spec: RouteSpec, service: string): RouteBefore {
  return (spec.rules ?? []).flatMap(({ backendRefs = [] }, rule) =>
    backendRefs.some((backend) => isService(backend, service)) ? [{ rule, backendRefs }] : [],
  );
}

export function isService(backend: BackendRef, service: string): boolean {
  return (
    backend.name === service &&
    (backend.kind ?? 'Service') === 'Service' &&
    (backend.group ?? '') === '' &&
    backend.namespace === undefined
  );
}

/** The parts that stable and canary share: what the stable had, or 100 where it is alone. */
function sharedParts(backends: readonly BackendRef[], stable: BackendRef): number {
  const weight = stable.weight ?? 1;
  return backends.length === 1 && (weight === 0 || weight % SOLE_PARTS !== 0) ? SOLE_PARTS : weight;
}

/** Weights that cannot be written in whole parts: for the refusal, with the figures. */
export function unrepresentable(
  before: RouteBefore,
  service: string,
  percents: readonly number[],
): string | undefined {
  for (const { rule, backendRefs } of before) {
    const stable = backendRefs.find((backend) => isService(backend, service));
    if (stable === undefined) continue;
    const parts = sharedParts(backendRefs, stable);
    const percent = percents.find((one) => !Number.isInteger((parts * one) / 100));
    if (percent !== undefined) {
      const sum = backendRefs.reduce((total, { weight = 1 }) => total + weight, 0);
      return (
        `rule ${rule} gives ${service} ${parts} of ${sum} parts, and ${percent} % of ${parts} is ` +
        `${(parts * percent) / 100}, which is not whole`
      );
    }
  }
  return undefined;
}

/** The rules with the canary's backend behind the stable's, at `percent` of the stable's share. */
export function splitRules(
  before: RouteBefore,
  { service, canary }: Split,
  percent: number,
): RulePatch[] {
  return before.map(({ rule, backendRefs }) => ({
    rule,
    backendRefs: backendRefs.flatMap((backend) => {
      if (!isService(backend, service)) return [backend];
      const parts = sharedParts(backendRefs, backend);
      const taken = Math.round((parts * percent) / 100);
      return [
        { ...backend, weight: parts - taken },
        { ...backend, name: canary, weight: taken },
      ];
    }),
  }));
}

export function withRules(spec: RouteSpec, patches: readonly RulePatch[]): RouteSpec {
  return {
    ...spec,
    rules: (spec.rules ?? []).map((rule, index) => {
      const patch = patches.find((one) => one.rule === index);
      return patch === undefined ? rule : { ...rule, backendRefs: patch.backendRefs };
    }),
  };
}

/** Percent of the component's share that the canary has; `undefined` where the route does not name the canary. */
export function canaryPercent(spec: RouteSpec, { service, canary }: Split): number | undefined {
  const backends = (spec.rules ?? []).flatMap(({ backendRefs = [] }) => backendRefs);
  const weightOf = (name: string) => backends.find((backend) => isService(backend, name));
  const there = weightOf(canary);
  if (there === undefined) return undefined;
  const taken = there.weight ?? 1;
  const parts = taken + (weightOf(service)?.weight ?? 0);
  return parts === 0 ? 0 : (taken * 100) / parts;
}
