import type { EventType, NotifiedKind, Route } from '@fairlead/contracts';
import { eventTypeOf } from '@fairlead/domain';
import type { Destination } from '../destination.ts';

const SEVERITIES = ['info', 'warning', 'critical'] as const;
type Severity = (typeof SEVERITIES)[number];

/** Who is told of what, as the configuration's `roles` has it. */
export interface RoleRule {
  readonly name: string;
  readonly channels: readonly string[];
  readonly events: readonly EventType[];
  /** Only of these; absent: of all. */
  readonly environments?: readonly string[];
  /** Only from this one on; absent: `info`. */
  readonly severity?: Severity;
}

/** Event type → severity (delivery.md). */
const SEVERITY_OF: Readonly<Record<EventType, Severity>> = {
  status: 'info',
  canary: 'info',
  promotion: 'info',
  rollback: 'warning',
  failure: 'critical',
};

type RoutedDestination = Pick<
  Destination,
  'name' | 'channel' | 'road' | 'kinds' | 'closes' | 'unasked'
>;

/**
 * Which destination gets which kinds of a run in `environment`: each once, however many roles name it. Pure. What
 * no role names is left out, unless no role decides over it.
 */
export function routesOf(
  environment: string,
  destinations: readonly RoutedDestination[],
  roles: readonly RoleRule[],
): Route[] {
  const here = roles.filter(({ environments }) => environments?.includes(environment) ?? true);
  const named = new Set(roles.flatMap(({ channels }) => channels));
  return destinations.flatMap(({ name, channel, road, kinds, closes = [], unasked }) => {
    if (channel === undefined) return [{ destination: name, road, kinds }];
    if (unasked !== undefined && !named.has(channel)) {
      return [{ destination: name, road, kinds: unasked }];
    }
    const wanted = kinds.filter((kind) => isWanted(kind, channel, here));
    if (wanted.length === 0) return [];
    const passed = kinds.filter((kind) => wanted.includes(kind) || closes.includes(kind));
    return [{ destination: name, road, kinds: passed }];
  });
}

function isWanted(kind: NotifiedKind, channel: string, roles: readonly RoleRule[]): boolean {
  const type = eventTypeOf(kind);
  return roles.some(
    ({ channels, events, severity = 'info' }) =>
      channels.includes(channel) && events.includes(type) && isAtLeast(SEVERITY_OF[type], severity),
  );
}

function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(limit);
}
