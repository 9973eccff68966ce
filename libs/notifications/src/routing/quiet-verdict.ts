import type { DeploymentEvent } from '@fairlead/contracts';
import { eventTypeOf } from '@fairlead/domain';
import type { Destination } from '../destination.ts';
import { quietUntil } from './quiet-hours.ts';
import type { QuietHours } from './quiet-hours.ts';
import { hindranceOf } from './role-rule.ts';
import type { Happening, RoleRule } from './role-rule.ts';
import { severityOf } from './severity.ts';

export interface QuietQuestion extends Happening {
  readonly at: Date;
  readonly destination: Pick<Destination, 'channel' | 'closes'>;
  readonly roles: readonly RoleRule[];
  /** Of the event: a rollback that failed is critical everywhere, and a test is asked for now. */
  readonly mark?: DeploymentEvent['mark'];
}

export interface QuietVerdict {
  readonly then: QuietHours['then'];
  /** The earliest end: from then on one role is awake. */
  readonly until: Date;
}

/**
 * What becomes of a message because of the hour; undefined: it goes. Critical passes, and so does what closes
 * something already opened. Quiet is a destination only while all roles are that it would tell; among those, one
 * that holds is enough to hold. Where messages open what others close nothing is held: its end has passed by then. Pure.
 */
export function quietVerdict(question: QuietQuestion): QuietVerdict | undefined {
  const { at, destination, roles } = question;
  const { channel } = destination;
  if (channel === undefined || passes(question)) return undefined;
  const told = roles.filter((role) => hindranceOf(role, channel, question) === undefined);
  const ends = told.map(({ quietHours }) => quietHours && quietUntil(quietHours, at));
  const quiet = ends.filter((end) => end !== undefined);
  if (quiet.length === 0 || quiet.length < told.length) return undefined;
  // Who wants it dropped does not decide when those are told who want it held.
  const held = quiet.filter((_end, index) => told[index]?.quietHours?.then === 'hold');
  const holds = held.length > 0 && destination.closes === undefined;
  const deciding = holds ? held : quiet;
  return {
    then: holds ? 'hold' : 'drop',
    until: new Date(Math.min(...deciding.map((end) => end.getTime()))),
  };
}

function passes({ kind, environment, severityIn, destination, mark }: QuietQuestion): boolean {
  if (mark !== undefined || destination.closes?.includes(kind) === true) return true;
  return severityOf(eventTypeOf(kind), environment, severityIn) === 'critical';
}
