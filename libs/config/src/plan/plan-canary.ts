import type { CanaryStep, TrafficPlan } from '@fairlead/contracts';
import { parseDuration } from '../duration.ts';
import type { CanarySettings, StepSettings, TrafficSettings } from '../schema/deployment.ts';
import { fromDefault } from './chosen.ts';
import type { Chosen, OriginLookup } from './chosen.ts';

/** A canary for those who ask for one and say nothing of its steps. */
const DEFAULT_STEPS: readonly CanaryStep[] = [
  { kind: 'weight', weight: 10 },
  { kind: 'pause', durationMs: 300_000 },
  { kind: 'weight', weight: 50 },
  { kind: 'pause', durationMs: 300_000 },
];
const DEFAULT_TRAFFIC: TrafficPlan = { router: 'replicas' };

interface CanaryInput {
  readonly common: CanarySettings | undefined;
  /** The environment's own, which wins. */
  readonly own: CanarySettings | undefined;
  readonly ownPath: string;
  readonly originAt: OriginLookup;
}

export interface ChosenCanary {
  readonly traffic: Chosen<TrafficPlan>;
  readonly steps: Chosen<readonly CanaryStep[]>;
}

/** The environment's traffic and steps, else the common ones: each is taken whole, never mixed. */
export function planCanary({ common, own, ownPath, originAt }: CanaryInput): ChosenCanary {
  const at = (key: keyof CanarySettings): string =>
    own?.[key] === undefined ? `canary.${key}` : `${ownPath}.${key}`;
  const traffic = own?.traffic ?? common?.traffic;
  const steps = own?.steps ?? common?.steps;
  return {
    traffic: traffic
      ? { value: toTrafficPlan(traffic), origin: originAt(at('traffic')) }
      : fromDefault(DEFAULT_TRAFFIC),
    steps: steps
      ? { value: steps.map(toStep), origin: originAt(at('steps')) }
      : fromDefault(DEFAULT_STEPS),
  };
}

function toTrafficPlan({ router, route = '', ingress = '' }: TrafficSettings): TrafficPlan {
  switch (router) {
    case 'replicas':
      return { router };
    case 'gateway-api':
      return { router, route };
    case 'nginx':
      return { router, ingress };
  }
}

function toStep({ weight, pause }: StepSettings): CanaryStep {
  if (weight !== undefined) return { kind: 'weight', weight };
  if (pause !== undefined) return { kind: 'pause', durationMs: parseDuration(pause) ?? 0 };
  return { kind: 'approval' };
}
