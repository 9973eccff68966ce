import type { PodTemplate } from '../objects.ts';
import type { PodState } from './state.ts';

/** What becomes of a pod: the first word of its image's tag says so, as on the test cluster. */
export const FATES = [
  'healthy',
  'slow',
  'crashloop',
  'oom',
  'imagepull',
  'configerror',
  'neverready',
  'pending',
  'latecrash',
] as const;
export type Fate = (typeof FATES)[number];

/** On a template's labels: decides instead of the tag. On its annotations: when a late crash comes ("20s"). */
const FAIL_LABEL = 'testcluster/fail';
const AFTER_ANNOTATION = 'testcluster/after';
/** The test cluster's figure. */
const LATE_CRASH_MS = 3000;
/** A healthy start that is slow enough to be watched. */
const SLOW_MS = 3000;

export function fateOf({ metadata, spec }: PodTemplate): Fate {
  const tag = spec.containers[0]?.image.split(':').at(-1) ?? '';
  const word = metadata?.labels?.[FAIL_LABEL] ?? tag.split('-')[0];
  return FATES.find((fate) => fate === word) ?? 'healthy';
}

export interface Transition {
  readonly to: PodState;
  readonly afterMs: number;
}

/** What a pod in this state turns to next, if anything. */
export function nextTransition(
  fate: Fate,
  state: PodState,
  { readyAfterMs, template }: { readonly readyAfterMs: number; readonly template: PodTemplate },
): Transition | undefined {
  if (state === 'failed') return undefined;
  if (state === 'ready') {
    return fate === 'latecrash' ? { to: 'failed', afterMs: lateCrashMs(template) } : undefined;
  }
  switch (fate) {
    case 'healthy':
    case 'latecrash':
      return { to: 'ready', afterMs: readyAfterMs };
    case 'slow':
      return { to: 'ready', afterMs: Math.max(SLOW_MS, readyAfterMs) };
    case 'crashloop':
    case 'oom':
    case 'imagepull':
    case 'configerror':
      return { to: 'failed', afterMs: readyAfterMs };
    case 'neverready':
    case 'pending':
      return undefined;
  }
}

function lateCrashMs({ metadata }: PodTemplate): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(metadata?.annotations?.[AFTER_ANNOTATION] ?? '');
  return match === null ? LATE_CRASH_MS : Number(match[1]) * (match[2] === 's' ? 1000 : 1);
}
