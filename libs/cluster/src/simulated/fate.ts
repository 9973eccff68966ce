import type { PodTemplate } from '../objects.ts';
import type { PodState } from './state.ts';

/** What becomes of a pod: the first word of its image's tag says so, as on the test cluster. */
const FATES = [
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

/** On a template's labels: decides instead of the tag. On its annotations: when a late crash or a slow start comes ("20s"). */
const FAIL_LABEL = 'testcluster/fail';
const AFTER_ANNOTATION = 'testcluster/after';
/** The test cluster's figures. */
const LATE_CRASH_MS = 3000;
const SLOW_MS = 4000;

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
    return fate === 'latecrash'
      ? { to: 'failed', afterMs: annotatedMs(template, LATE_CRASH_MS) }
      : undefined;
  }
  switch (fate) {
    case 'healthy':
    case 'latecrash':
      return { to: 'ready', afterMs: readyAfterMs };
    case 'slow':
      return { to: 'ready', afterMs: annotatedMs(template, SLOW_MS) };
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

function annotatedMs({ metadata }: PodTemplate, otherwise: number): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(metadata?.annotations?.[AFTER_ANNOTATION] ?? '');
  return match === null ? otherwise : Number(match[1]) * (match[2] === 's' ? 1000 : 1);
}
