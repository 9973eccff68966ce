import type { CanaryStep, DeploymentRecord, Outcome } from '@fairlead/contracts';
import { duration } from '@fairlead/client/internal/words/duration';
import { plain } from '@fairlead/client/internal/words/plain';
import { countWords } from './receipts.ts';
import type { Style } from './style.ts';

export function outcomeWord(outcome: Outcome, style: Style): string {
  switch (outcome) {
    case 'succeeded':
      return style.green('✔ succeeded');
    case 'rolled-back':
      return style.yellow('↺ rolled back');
    case 'failed':
      return style.red('✖ failed');
    case 'refused':
      return style.red('⊘ refused');
  }
}

export function stepWords(step: CanaryStep): string {
  switch (step.kind) {
    case 'weight':
      return `weight ${step.weight}%`;
    case 'pause':
      return `pause ${duration(step.durationMs / 1000)}`;
    case 'approval':
      return 'approval';
  }
}

/** The share of the traffic that the canaries really take; the largest where components differ. */
export function realWeight(record: DeploymentRecord): number | undefined {
  const weights = record.components.flatMap(({ phase, realWeight: weight }) =>
    phase === 'canary' && weight !== undefined ? [weight] : [],
  );
  return weights.length === 0 ? undefined : Math.max(...weights);
}

/** `api  shop/api:1 → shop/api:2  (canary)`; once it is back, what runs comes first. */
export function componentWords(component: DeploymentRecord['components'][number]): string {
  const { phase } = component;
  const name = plain(component.name);
  const image = plain(component.image);
  const previous = component.previousImage === undefined ? image : plain(component.previousImage);
  if (phase === 'restored') return `${name}  ${previous}  (restored; ${image} was wanted)`;
  return `${name}  ${previous === image ? image : `${previous} → ${image}`}  (${phase})`;
}

/** `3 delivered, 1 dead`, without what is not there. */
export function deliveryWords({ deliveries }: DeploymentRecord): string | undefined {
  return deliveries.length === 0 ? undefined : countWords(deliveries);
}
