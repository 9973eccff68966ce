import type { CanaryStep, ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import { planPromotion, planRolling, planShift } from '../change-planner.ts';
import { pushCompensations } from '../compensation.ts';
import type { CompensationStack } from '../compensation.ts';

type Image = 'old' | 'new';

/** A component in a cluster that does nothing by itself: pods become ready while they are awaited, never before. */
export interface ClusterModel {
  readonly router: 'replicas' | 'gateway-api';
  readonly image: Image;
  readonly replicas: number;
  /** The stable's ready pods by image: a rollout keeps the old ones until the new ones are awaited. */
  readonly ready: Readonly<Record<Image, number>>;
  readonly canary?: { readonly replicas: number; readonly ready: number };
  /** Percent that the route gives the canary; absent: the route does not name it. */
  readonly routed?: number;
}

export function componentOf(replicas: number, router: ClusterModel['router']): ComponentSnapshot {
  return {
    name: 'api',
    workload: 'api',
    uid: 'uid-1',
    replicas,
    images: [{ container: 'app', init: false, from: 'api:1', to: 'api:2' }],
    templateDigest: 'digest-1',
    previousImage: 'api:1',
    traffic:
      router === 'replicas'
        ? { router }
        : { router, route: 'shop', service: 'api', routeDigest: 'digest-2' },
    dependencies: [],
  };
}

export function clusterAtStart({ replicas, traffic }: ComponentSnapshot): ClusterModel {
  const ready = { old: replicas, new: 0 };
  return {
    router: traffic.router === 'replicas' ? 'replicas' : 'gateway-api',
    image: 'old',
    replicas,
    ready,
  };
}

export function stableReady({ ready }: ClusterModel): number {
  return ready.old + ready.new;
}

/** Percent of the traffic that the canary really has; undefined where nobody could answer at all. */
export function realWeight(model: ClusterModel): number | undefined {
  if (model.router === 'gateway-api') return model.routed ?? 0;
  const canary = model.canary?.ready ?? 0;
  const all = canary + stableReady(model);
  return all === 0 ? undefined : (canary * 100) / all;
}

/** Makes one change; throws where the cluster would answer that somebody else was at work. */
export function applyChange(model: ClusterModel, change: ClusterChange): ClusterModel {
  switch (change.kind) {
    case 'canary':
      return bringCanary(model, change.replicas);
    case 'scale':
      return scale(model, change);
    case 'images':
      return { ...model, image: change.to };
    case 'route':
      return shift(model, change.weight);
    case 'await':
      return change.side === 'canary' ? awaitCanary(model, change) : awaitStable(model, change);
    case 'remove-canary':
      return removeCanary(model);
  }
}

/** Every moment of the way, the start and the end included. */
export function moments(model: ClusterModel, changes: readonly ClusterChange[]): ClusterModel[] {
  const seen = [model];
  let now = model;
  for (const change of changes) {
    now = applyChange(now, change);
    seen.push(now);
  }
  return seen;
}

export function after(model: ClusterModel, changes: readonly ClusterChange[]): ClusterModel {
  return changes.reduce(applyChange, model);
}

function bringCanary(model: ClusterModel, replicas: number): ClusterModel {
  const ready = Math.min(replicas, model.canary?.ready ?? 0);
  const canary = { replicas, ready };
  return model.router === 'replicas'
    ? { ...model, canary }
    : { ...model, canary, routed: model.routed ?? 0 };
}

function scale(
  model: ClusterModel,
  { replicas, from }: Extract<ClusterChange, { kind: 'scale' }>,
): ClusterModel {
  if (model.replicas === replicas) return model;
  if (!from.includes(model.replicas)) throw new Error(`edited: ${model.replicas} replicas`);
  // Kubernetes takes unready pods first.
  const old = Math.min(model.ready.old, replicas);
  return { ...model, replicas, ready: { old, new: Math.min(model.ready.new, replicas - old) } };
}

function shift(model: ClusterModel, weight: number): ClusterModel {
  if (model.router === 'replicas') throw new Error('there is no route');
  if (model.routed === undefined && weight !== 0) throw new Error('edited: no backend');
  return model.routed === undefined ? model : { ...model, routed: weight };
}

type Await = Extract<ClusterChange, { kind: 'await' }>;

function awaitCanary(model: ClusterModel, { replicas }: Await): ClusterModel {
  const { canary } = model;
  if (canary === undefined || canary.replicas < replicas) throw new Error('edited: canary');
  return { ...model, canary: { ...canary, ready: canary.replicas } };
}

function awaitStable(model: ClusterModel, { replicas, images }: Await): ClusterModel {
  if (model.image !== images) throw new Error(`edited: the stable has the ${model.image} images`);
  if (model.replicas < replicas) throw new Error(`edited: ${model.replicas} replicas`);
  return { ...model, ready: { old: 0, new: 0, [images]: model.replicas } };
}

function removeCanary(model: ClusterModel): ClusterModel {
  const { router, image, replicas, ready, routed } = model;
  if ((routed ?? 0) > 0) throw new Error(`removed with ${routed} % routed to it`);
  return { router, image, replicas, ready };
}

/** What a test deploys: the weights in order, then perhaps the promotion. No weight at all: type `rolling`. */
export interface Course {
  readonly component: ComponentSnapshot;
  readonly weights: readonly number[];
  readonly promoted: boolean;
}

/** The lists of a course, one for each time that changes are applied. */
export function listsOf({ component, weights, promoted }: Course): ClusterChange[][] {
  if (weights.length === 0) return [planRolling(component)];
  const steps = weights.map((weight): CanaryStep => ({ kind: 'weight', weight }));
  const shifts = weights.map((to, index) =>
    planShift(component, { from: weights[index - 1] ?? 0, to, steps }),
  );
  return promoted ? [...shifts, planPromotion(component, steps)] : shifts;
}

/** A run that dies after `made` changes: what is there, and the stack, which has the whole list that was begun. */
export function crash(
  course: Course,
  made: number,
): { readonly model: ClusterModel; readonly stack: CompensationStack } {
  let left = made;
  let model = clusterAtStart(course.component);
  let stack: CompensationStack = [];
  for (const list of listsOf(course)) {
    stack = pushCompensations(stack, list);
    model = after(model, list.slice(0, left));
    if (left < list.length) break;
    left -= list.length;
  }
  return { model, stack };
}
