import { eventTypeOf } from '@fairlead/domain';
import { clockTime, quietUntil } from './quiet-hours.ts';
import { hindranceOf } from './role-rule.ts';
import type { Happening, Hindrance, RoleRule } from './role-rule.ts';
import { severityOf } from './severity.ts';
import type { Withheld } from './withheld.ts';

/** Why nobody at all is told at a destination. */
export interface Refusal {
  readonly verdict: 'not-its-kind' | 'no-destination' | Withheld['verdict'];
  readonly why: string;
}

/** What one role has to do with one destination. */
export interface RoleExplanation {
  readonly role: string;
  readonly verdict: 'told' | 'quiet' | Refusal['verdict'] | Hindrance;
  readonly why: string;
}

interface RoleQuestion extends Happening {
  readonly at: Date;
  readonly channel: string;
  readonly refusal?: Refusal | undefined;
}

/** Whether a role is told over a channel at a time, or why not. Pure. */
export function explainRole(role: RoleRule, question: RoleQuestion): RoleExplanation {
  const hindrance = hindranceOf(role, question.channel, question);
  if (hindrance !== undefined) {
    return { role: role.name, verdict: hindrance, why: words(hindrance, role, question) };
  }
  if (question.refusal !== undefined) return { role: role.name, ...question.refusal };
  const { quietHours } = role;
  const end = quietHours && quietUntil(quietHours, question.at);
  const until = end && `${end.toISOString()} (${clockTime(end, quietHours.timeZone)})`;
  if (until === undefined) return { role: role.name, verdict: 'told', why: 'asks for it' };
  if (severityHere(question) === 'critical') {
    const why = `quiet until ${until}, but critical passes`;
    return { role: role.name, verdict: 'told', why };
  }
  return { role: role.name, verdict: 'quiet', why: `quiet until ${until}: ${quietHours?.then}` };
}

function words(hindrance: Hindrance, role: RoleRule, question: RoleQuestion): string {
  switch (hindrance) {
    case 'not-its-channel':
      return `is told over ${role.channels.join(', ')}`;
    case 'other-environments':
      return `is told of ${(role.environments ?? []).join(', ')}`;
    case 'not-its-events':
      return `is told of events ${role.events.join(', ')}`;
    case 'not-severe':
      return `is told from ${role.severity ?? 'info'} on, and this is ${severityHere(question)}${orMarked(role, question)}`;
  }
}

function orMarked(role: RoleRule, question: RoleQuestion): string {
  if (question.kind !== 'deployment-failed') return '';
  const marked = { ...question, mark: 'rollback-failed' } as const;
  const isTold = hindranceOf(role, question.channel, marked) === undefined;
  return isTold ? '; a failed rollback is critical and reaches it' : '';
}

function severityHere({ kind, environment, severityIn }: RoleQuestion) {
  return severityOf(eventTypeOf(kind), environment, severityIn);
}
