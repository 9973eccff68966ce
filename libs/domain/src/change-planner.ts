import type { CanaryStep, ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import { clampWeight, routedCanaryReplicas, splitReplicas } from './replica-split.ts';

/** Changes that bring one component from the canary weight `from` to `to`, percent. Receivers are ready before a shift. */
export function planShift(
  component: ComponentSnapshot,
  { from, to, steps }: { from: number; to: number; steps: readonly CanaryStep[] },
): ClusterChange[] {
  return component.traffic.router === 'replicas'
    ? shiftByReplicas(component, { from, to, steps })
    : shiftByRoute(component, { from, to });
}

function shiftByReplicas(
  component: ComponentSnapshot,
  { from, to, steps }: { from: number; to: number; steps: readonly CanaryStep[] },
): ClusterChange[] {
  const split = splitReplicas(component.replicas, to);
  const canary: ClusterChange = { kind: 'canary', component, replicas: split.canary };
  const stable = scaleStable(component, split.stable, steps);
  if (to >= from) return [canary, awaitCanary(component, split.canary), stable];
  return [stable, awaitStable(component, split.stable, 'old'), canary];
}

function shiftByRoute(
  component: ComponentSnapshot,
  { from, to }: { from: number; to: number },
): ClusterChange[] {
  const replicas = routedCanaryReplicas(component.replicas, to);
  const canary: ClusterChange = { kind: 'canary', component, replicas };
  const route: ClusterChange = { kind: 'route', component, weight: clampWeight(to) };
  return to >= from ? [canary, awaitCanary(component, replicas), route] : [route, canary];
}

/** The stable takes the new image at full size, then the traffic, then the canary goes. */
export function planPromotion(
  component: ComponentSnapshot,
  steps: readonly CanaryStep[],
): ClusterChange[] {
  const updated = awaitStable(component, component.replicas, 'new');
  const images: ClusterChange = { kind: 'images', component, to: 'new' };
  const removed: ClusterChange = { kind: 'remove-canary', component };
  if (component.traffic.router === 'replicas') {
    return [images, scaleStable(component, component.replicas, steps), updated, removed];
  }
  return [images, updated, { kind: 'route', component, weight: 0 }, removed];
}

/** Type `rolling`: Kubernetes replaces the pods, we judge them. */
export function planRolling(component: ComponentSnapshot): ClusterChange[] {
  return [
    { kind: 'images', component, to: 'new' },
    awaitStable(component, component.replicas, 'new'),
  ];
}

function scaleStable(
  component: ComponentSnapshot,
  replicas: number,
  steps: readonly CanaryStep[],
): ClusterChange {
  return { kind: 'scale', component, replicas, from: stableCounts(component.replicas, steps) };
}

/** Every replica count that a plan may leave at the stable: any other one is somebody else's edit. */
function stableCounts(total: number, steps: readonly CanaryStep[]): number[] {
  const counts = steps.flatMap((step) =>
    step.kind === 'weight' ? [splitReplicas(total, step.weight).stable] : [],
  );
  return [...new Set([total, ...counts])];
}

function awaitCanary(component: ComponentSnapshot, replicas: number): ClusterChange {
  return { kind: 'await', component, side: 'canary', replicas, images: 'new' };
}

function awaitStable(
  component: ComponentSnapshot,
  replicas: number,
  images: 'new' | 'old',
): ClusterChange {
  return { kind: 'await', component, side: 'stable', replicas, images };
}
