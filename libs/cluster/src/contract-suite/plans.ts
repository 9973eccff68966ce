import type { CanaryStep, ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import { planPromotion, planShift, planUndo, pushCompensations } from '@fairlead/domain';

export const STEPS: readonly CanaryStep[] = [
  { kind: 'weight', weight: 10 },
  { kind: 'weight', weight: 50 },
];

/** The changes of a step up to `weight`, percent. */
export function shiftTo(component: ComponentSnapshot, weight: number): ClusterChange[] {
  return planShift(component, { from: 0, to: weight, steps: STEPS });
}

export function promote(component: ComponentSnapshot): ClusterChange[] {
  return planPromotion(component, STEPS);
}

/** The way back of a run whose steps are made, before its promotion (`of: 'steps'`) or in its midst. */
export function undo(
  component: ComponentSnapshot,
  {
    of = 'promotion',
    removeCanaryFirst = false,
  }: { readonly of?: 'steps' | 'promotion'; readonly removeCanaryFirst?: boolean } = {},
): ClusterChange[] {
  const made = [...shiftTo(component, 50), ...(of === 'steps' ? [] : promote(component))];
  return planUndo(pushCompensations([], made), component, { removeCanaryFirst });
}
