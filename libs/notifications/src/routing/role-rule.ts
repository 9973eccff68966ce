import type { DeploymentEvent, EventType, NotifiedKind } from '@fairlead/contracts';
import { eventTypeOf } from '@fairlead/domain';
import type { QuietHours } from './quiet-hours.ts';
import { isAtLeast, severityOf } from './severity.ts';
import type { Severity, SeverityIn } from './severity.ts';

/** Who is told of what, as the configuration's `roles` has it. */
export interface RoleRule {
  readonly name: string;
  readonly channels: readonly string[];
  readonly events: readonly EventType[];
  /** Only of these; absent: of all. */
  readonly environments?: readonly string[];
  /** Only from this one on; absent: `info`. */
  readonly severity?: Severity;
  /** When it is told of nothing but critical messages; absent: never. */
  readonly quietHours?: QuietHours;
}

/** One thing that happened, as roles judge it. */
export interface Happening {
  readonly kind: NotifiedKind;
  readonly environment: string;
  /** What has one is critical everywhere. */
  readonly mark?: DeploymentEvent['mark'];
  /** Absent: a failure is critical everywhere. */
  readonly severityIn?: SeverityIn;
}

/** What keeps a role from being told over a channel, whatever the hour. */
export type Hindrance = 'not-its-channel' | 'other-environments' | 'not-its-events' | 'not-severe';

/** Undefined: the role is told. Routes, quiet hours and explanations all ask here. */
export function hindranceOf(
  role: RoleRule,
  channel: string,
  { kind, environment, mark, severityIn }: Happening,
): Hindrance | undefined {
  const { channels, environments, events, severity = 'info' } = role;
  if (!channels.includes(channel)) return 'not-its-channel';
  if (environments?.includes(environment) === false) return 'other-environments';
  const type = eventTypeOf(kind);
  if (!events.includes(type)) return 'not-its-events';
  const here = mark === undefined ? severityOf(type, environment, severityIn) : 'critical';
  const isSevere = isAtLeast(here, severity);
  return isSevere ? undefined : 'not-severe';
}
