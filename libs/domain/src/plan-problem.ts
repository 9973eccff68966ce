import { DEPLOYMENT_TYPES, SOURCES } from '@fairlead/contracts';
import type { DeploymentPlan } from '@fairlead/contracts';
import { isTime } from './text/time.ts';

/** Longest plan on the wire: everything in a history stays small (architecture.md). */
const PLAN_LIMIT_BYTES = 64 * 1024;

const FOREIGN_SOURCES = SOURCES.filter((source) => source !== 'fairlead');

interface PlaceOfTarget {
  readonly environment: string;
  readonly application: string;
}

/**
 * What is wrong with a plan that came over the wire, in one sentence. The command line sends none of these; a
 * request written by hand must neither wedge its target nor reach another one's.
 */
export function planProblem(plan: DeploymentPlan, target: PlaceOfTarget): string | undefined {
  const loose: unknown = plan;
  if (!isRecord(loose)) return 'the plan is missing';
  if (new TextEncoder().encode(JSON.stringify(plan)).length > PLAN_LIMIT_BYTES) {
    return `the plan is longer than ${PLAN_LIMIT_BYTES / 1024} KiB; deploy fewer components at once`;
  }
  for (const key of ['environment', 'application'] as const) {
    if (loose[key] !== target[key]) return `the plan's ${key} is not this target's, ${target[key]}`;
  }
  return shapeProblem(loose);
}

function shapeProblem(plan: Record<string, unknown>): string | undefined {
  const { foreign } = plan;
  if (foreign !== undefined && !isForeign(foreign)) {
    return `the plan's foreign needs source (${FOREIGN_SOURCES.join(' or ')}), tool, undoable and locks`;
  }
  // Of what another tool does, nobody needs to know where.
  for (const key of foreign === undefined ? ['cluster', 'namespace', 'onBusy'] : ['onBusy']) {
    if (!isText(plan[key])) return `the plan's ${key} must be text`;
  }
  for (const key of ['progressDeadlineMs', 'bakeMs', 'expectedDurationMs']) {
    if (!isDuration(plan[key])) return `the plan's ${key} must be milliseconds`;
  }
  if (!DEPLOYMENT_TYPES.some((type) => type === plan['type'])) {
    return `the plan's type must be one of ${DEPLOYMENT_TYPES.join(', ')}`;
  }
  if (!isListOf(plan['components'], isComponent)) {
    return "each of the plan's components needs name, workload, image and after";
  }
  const { canary, features } = plan;
  if (!isRecord(canary) || !isTraffic(canary['traffic']) || !isListOf(canary['steps'], isStep)) {
    return 'the plan needs canary with traffic (a router and its route or ingress) and steps';
  }
  return isRecord(features) ? undefined : 'the plan needs features';
}

function isForeign(value: unknown): boolean {
  return (
    isRecord(value) &&
    FOREIGN_SOURCES.some((source) => source === value['source']) &&
    isText(value['tool']) &&
    ['undoable', 'locks'].every((key) => typeof value[key] === 'boolean') &&
    (value['begunAt'] === undefined || isTime(value['begunAt']))
  );
}

function isComponent(value: unknown): boolean {
  return (
    isRecord(value) &&
    ['name', 'workload', 'image'].every((key) => isText(value[key])) &&
    isListOf(value['after'], isText) &&
    (value['containers'] === undefined || isListOf(value['containers'], isText))
  );
}

function isTraffic(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value['router']) {
    case 'replicas':
      return true;
    case 'gateway-api':
      return isText(value['route']);
    case 'nginx':
      return isText(value['ingress']);
    default:
      return false;
  }
}

function isStep(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'weight':
      return isDuration(value['weight']) && value['weight'] <= 100;
    case 'pause':
      return isDuration(value['durationMs']);
    default:
      return value['kind'] === 'approval';
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, is: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
