import type { Delivery, DeploymentEvent, EventKind } from '@fairlead/contracts';
import { isNotified } from '@fairlead/domain';
import type { Answer, Destination } from '../destination.ts';
import { quietVerdict } from '../routing/quiet-verdict.ts';
import type { QuietVerdict } from '../routing/quiet-verdict.ts';
import type { RoleRule } from '../routing/role-rule.ts';
import type { SeverityIn } from '../routing/severity.ts';

export interface QuietSettings {
  readonly roles: readonly RoleRule[];
  readonly severityIn?: SeverityIn | undefined;
  readonly now: () => Date;
}

type Judged = Pick<Delivery, 'event' | 'facts' | 'digest'>;

/**
 * What becomes of a delivery because of quiet hours; undefined: it goes now. A digest goes when anything in it may, and
 * is dropped only when all of it is.
 */
export function quietAnswer(
  delivery: Judged,
  destination: Destination,
  settings: QuietSettings,
): Answer | undefined {
  const verdicts = happeningsIn(delivery).map((happening) =>
    verdictOn(happening, destination, settings),
  );
  const quiet = verdicts.filter((verdict) => verdict !== undefined);
  if (quiet.length === 0 || quiet.length < verdicts.length) return undefined;
  const held = quiet.filter(({ then }) => then === 'hold');
  const until = earliest(held.length === 0 ? quiet : held);
  if (held.length === 0) {
    return { state: 'suppressed', detail: `quiet hours until ${until}` };
  }
  return { state: 'pending', heldUntil: until, detail: `held: quiet hours until ${until}` };
}

interface Happening {
  readonly kind: EventKind;
  readonly environment: string;
  readonly mark?: DeploymentEvent['mark'];
}

function happeningsIn({ event, facts, digest }: Judged): readonly Happening[] {
  if (digest !== undefined) return digest.counts;
  const { kind, mark } = event;
  return [{ kind, environment: facts.environment, ...(mark === undefined ? {} : { mark }) }];
}

function verdictOn(
  { kind, environment, mark }: Happening,
  destination: Destination,
  { roles, severityIn, now }: QuietSettings,
): QuietVerdict | undefined {
  if (!isNotified(kind)) return undefined;
  return quietVerdict({
    ...{ kind, environment, at: now(), destination, roles },
    ...(severityIn === undefined ? {} : { severityIn }),
    ...(mark === undefined ? {} : { mark }),
  });
}

function earliest(verdicts: readonly QuietVerdict[]): string {
  return new Date(Math.min(...verdicts.map(({ until }) => until.getTime()))).toISOString();
}
