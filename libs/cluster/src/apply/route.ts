import type { ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import { edited } from '../failures.ts';
import { awaitEndpoint } from './endpoints.ts';
import { findRoute } from './route-state.ts';
import type { Gateway, RouteState } from './route-state.ts';
import { splitRules } from './route-split.ts';
import { rereadOnConflict } from './run.ts';
import type { Outcome, Run } from './run.ts';

type Change = Extract<ClusterChange, { kind: 'route' }>;

/** Percent of the component's share that the canary takes. The side that gains must have a ready endpoint first. */
export async function applyRoute(run: Run, { component, weight }: Change): Promise<Outcome> {
  const { traffic } = component;
  if (traffic.router !== 'gateway-api') return undefined;
  return shift(run, { component, traffic, weight });
}

export async function shift(
  run: Run,
  {
    component,
    traffic,
    weight,
  }: { readonly component: ComponentSnapshot; readonly traffic: Gateway; readonly weight: number },
): Promise<Outcome> {
  const state = await findRoute(run, component, traffic);
  if (isAt(state, weight, traffic)) return undefined;
  const doom = await awaitReceiver(run, component, state, weight);
  if (doom !== undefined) return doom;
  let known: RouteState | undefined = state;
  await rereadOnConflict(run, async () => {
    const now = known ?? (await findRoute(run, component, traffic));
    known = undefined;
    if (isAt(now, weight, traffic)) return;
    const rules = splitRules(now.before, now.split, weight);
    await run.cluster.patchRoute(run.namespace, now.route, rules);
  });
  return undefined;
}

function isAt({ percent, split }: RouteState, weight: number, { route }: Gateway): boolean {
  if (percent !== undefined) return percent === weight;
  if (weight === 0) return true;
  throw edited(`HTTPRoute ${route} no longer has the backend ${split.canary}; someone took it out`);
}

/** The side that gains weight is asked; the other one already has what it keeps. */
export async function awaitReceiver(
  run: Run,
  component: ComponentSnapshot,
  { percent = 0, split }: RouteState,
  weight: number,
): Promise<Outcome> {
  return weight > percent
    ? awaitEndpoint(run, component, { service: split.canary, side: 'canary' })
    : awaitEndpoint(run, component, { service: split.service, side: 'stable' });
}
