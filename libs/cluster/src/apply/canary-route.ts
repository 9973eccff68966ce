import type { ComponentSnapshot } from '@fairlead/contracts';
import { notFound } from '../failures.ts';
import { canaryLabels, includesLabels, ownLabels } from '../labels.ts';
import { noteBefore } from './route-before.ts';
import { findRoute } from './route-state.ts';
import type { Gateway, RouteState } from './route-state.ts';
import { splitRules } from './route-split.ts';
import { read, rereadOnConflict } from './run.ts';
import type { Run } from './run.ts';

/** The canary's own Service, then its backend with weight 0 in every rule that names the stable's. */
export async function routeCanary(
  run: Run,
  component: ComponentSnapshot,
  traffic: Gateway,
): Promise<void> {
  await rereadOnConflict(run, async () => {
    const state = await findRoute(run, component, traffic);
    await bringService(run, component, state);
    if (state.percent !== undefined) return;
    const rules = splitRules(state.before, state.split, 0);
    await run.cluster.patchRoute(run.namespace, state.route, rules);
  });
}

/** The note of the route's former weights is on the Service before the route is touched. */
async function bringService(
  run: Run,
  component: ComponentSnapshot,
  { canaryService, before, split }: RouteState,
): Promise<void> {
  const { cluster, namespace, deploymentId } = run;
  const labels = ownLabels(deploymentId, component.name);
  const annotations = noteBefore(before, split);
  if (canaryService !== undefined) {
    const isCurrent =
      includesLabels(canaryService.labels, labels) &&
      includesLabels(canaryService.annotations, annotations);
    if (!isCurrent) await cluster.patchService(namespace, canaryService, { labels, annotations });
    return;
  }
  const stable = await read(run, cluster.service({ namespace, name: split.service }));
  if (stable === undefined) {
    throw notFound(`Service ${split.service} in ${namespace} is gone; the route names it`);
  }
  await cluster.createService(namespace, {
    name: split.canary,
    labels,
    annotations,
    selector: canaryLabels(component.workload),
    ports: stable.ports,
  });
}
