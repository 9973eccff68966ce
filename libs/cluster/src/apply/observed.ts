import type { ComponentSnapshot, ObservedComponent } from '@fairlead/contracts';
import { canaryName } from '../labels.ts';
import { canaryPercent } from './route-split.ts';
import { read } from './run.ts';
import type { Reading } from './run.ts';

/** What is really there, whatever was wanted: with one replica and router `replicas`, "10 %" is 50. */
export async function observeComponent(
  run: Reading,
  component: ComponentSnapshot,
): Promise<ObservedComponent> {
  const { cluster, namespace } = run;
  const { workload, traffic } = component;
  const [stable, canary, route] = await Promise.all([
    read(run, cluster.workload({ namespace, name: workload })),
    read(run, cluster.workload({ namespace, name: canaryName(workload) })),
    traffic.router === 'gateway-api'
      ? read(run, cluster.route({ namespace, name: traffic.route }))
      : undefined,
  ]);
  const stableReady = stable?.status.readyReplicas ?? 0;
  const canaryReady = canary?.status.readyReplicas ?? 0;
  const all = stableReady + canaryReady;
  const byReplicas = all === 0 ? 0 : (canaryReady * 100) / all;
  const weight =
    traffic.router === 'replicas' || route === undefined
      ? byReplicas
      : (canaryPercent(route.spec, {
          service: traffic.service,
          canary: canaryName(traffic.service),
        }) ?? 0);
  return { component: component.name, stableReady, canaryReady, weight: round(weight) };
}

/** Two decimals are as exact as a percentage of pods is ever read. */
function round(percent: number): number {
  return Math.round(percent * 100) / 100;
}
