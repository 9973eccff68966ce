import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { EventKind, EventType, NotifiedKind } from '@fairlead/contracts';

const TYPES: Record<NotifiedKind, EventType> = {
  'deployment-started': 'status',
  'deployment-completed': 'status',
  'deployment-failed': 'failure',
  'rollback-initiated': 'rollback',
  'rollback-completed': 'rollback',
  'canary-started': 'canary',
  'canary-completed': 'canary',
  'canary-promoted': 'promotion',
  'remediation-proposed': 'failure',
  'remediation-attempted': 'status',
  'remediation-given-up': 'failure',
};

export function isNotified(kind: EventKind): kind is NotifiedKind {
  return (NOTIFIED_KINDS as readonly string[]).includes(kind);
}

/** Under which of the configuration's five event types a kind is subscribed to. */
export function eventTypeOf(kind: NotifiedKind): EventType {
  return TYPES[kind];
}
