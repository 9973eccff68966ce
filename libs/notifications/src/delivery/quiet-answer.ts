import type { Delivery } from '@fairlead/contracts';
import { isNotified } from '@fairlead/domain';
import type { Answer, Destination } from '../destination.ts';
import { quietVerdict } from '../routing/quiet-verdict.ts';
import type { RoleRule } from '../routing/role-rule.ts';
import type { SeverityIn } from '../routing/severity.ts';

export interface QuietSettings {
  readonly roles: readonly RoleRule[];
  readonly severityIn?: SeverityIn | undefined;
  readonly now: () => Date;
}

/** What becomes of a delivery because of quiet hours; undefined: it goes now. */
export function quietAnswer(
  { event, facts }: Pick<Delivery, 'event' | 'facts'>,
  destination: Destination,
  { roles, severityIn, now }: QuietSettings,
): Answer | undefined {
  if (!isNotified(event.kind)) return undefined;
  const verdict = quietVerdict({
    kind: event.kind,
    environment: facts.environment,
    at: now(),
    destination,
    roles,
    ...(severityIn === undefined ? {} : { severityIn }),
    ...(event.mark === undefined ? {} : { mark: event.mark }),
  });
  if (verdict === undefined) return undefined;
  const until = verdict.until.toISOString();
  // Opened afterwards, an incident might be about what is long mended: its end has passed already.
  if (verdict.then === 'drop' || destination.closes !== undefined) {
    return { state: 'suppressed', detail: `quiet hours until ${until}` };
  }
  return { state: 'pending', heldUntil: until, detail: `held: quiet hours until ${until}` };
}
