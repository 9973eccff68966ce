import type { CanaryStep, DeploymentRecord, Outcome, ReceiptState } from '@fairlead/contracts';
import { duration } from './duration.ts';
import { plain } from './plain.ts';
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

/** `staging/shop`, as people and workflow IDs say it. */
export function targetWords(target: {
  readonly environment: string;
  readonly application: string;
}): string {
  return `${target.environment}/${target.application}`;
}

/** The share of the traffic that really goes to the new version; the largest where components differ. */
export function realWeight(record: DeploymentRecord): number | undefined {
  const weights = record.components.flatMap((component) => component.realWeight ?? []);
  return weights.length === 0 ? undefined : Math.max(...weights);
}

/** `api api:2.4.0 → api:2.4.1 (canary)`. */
export function componentWords(component: DeploymentRecord['components'][number]): string {
  const { name, image, previousImage, phase } = component;
  const images =
    previousImage === undefined || previousImage === image
      ? plain(image)
      : `${plain(previousImage)} → ${plain(image)}`;
  return `${plain(name)}  ${images}  (${phase})`;
}

/** `3 delivered, 1 dead`, without what is not there. */
export function deliveryWords(record: DeploymentRecord): string | undefined {
  const counts = new Map<ReceiptState, number>();
  for (const receipt of record.deliveries) {
    counts.set(receipt.state, (counts.get(receipt.state) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}
