import type { ComponentRecord } from '@fairlead/contracts';

/** What a component runs now, in words that claim no more than the record knows. */
export function runningImage(component: ComponentRecord): string {
  const before = component.previousImage ?? 'what ran before';
  switch (component.phase) {
    case 'done':
    case 'skipped':
      return component.image;
    case 'waiting':
    case 'restored':
      return before;
    case 'deploying':
    case 'canary':
    case 'promoting':
      return `${before} and ${component.image} side by side`;
    case 'failed':
      return `not certain (before: ${before}; wanted: ${component.image})`;
  }
}
