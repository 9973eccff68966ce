import type { RuleInput } from '../schema/field-meta.ts';

interface GivenRole {
  readonly channels?: readonly (string | undefined)[];
  readonly events?: readonly (string | undefined)[];
  readonly severity?: string;
}

interface GivenConfig {
  readonly notification?: { readonly pagerduty?: unknown; readonly page_owner?: string };
  readonly roles?: Readonly<Record<string, GivenRole | undefined>>;
}

/** The event types that ever are as severe; any is `info` (delivery.md). */
const REACHES: Readonly<Record<string, readonly string[]>> = {
  warning: ['failure', 'rollback'],
  critical: ['failure'],
};

/** A role that no message can reach is warned of: its parts are valid, and together they come to nothing. */
export function roleReachRule(input: RuleInput): void {
  const { notification, roles = {} } = input.value as GivenConfig;
  for (const [name, role = {}] of Object.entries(roles)) {
    // An event or a channel that does not fit was reported itself, and may be the one that is meant.
    if (role.events?.includes(undefined) ?? true) continue;
    if (role.channels?.includes(undefined) ?? true) continue;
    warnOfSeverity(name, role, input);
    if (notification?.pagerduty === undefined) continue;
    warnOfPagerdutyAlone(name, { role, owner: notification.page_owner ?? 'fairlead' }, input);
  }
}

function warnOfSeverity(
  name: string,
  { events = [], severity = 'info' }: GivenRole,
  { warn }: RuleInput,
): void {
  const reaching = REACHES[severity];
  if (reaching === undefined || reaching.some((type) => events.includes(type))) return;
  warn(
    ['roles', name, 'severity'],
    `none of its events ever is ${severity}, so the role is told of nothing; name ${reaching.join(' or ')} in events, or lower severity`,
  );
}

interface Paged {
  readonly role: GivenRole;
  readonly owner: string;
}

function warnOfPagerdutyAlone(name: string, { role, owner }: Paged, { warn }: RuleInput): void {
  const { channels = [], events = [] } = role;
  if (!channels.every((channel) => channel === 'pagerduty')) return;
  if (owner === 'none') {
    warn(
      ['roles', name, 'channels'],
      'with page_owner none PagerDuty gets nothing, so the role is told of nothing; add another channel, or give notification.page_owner: fairlead',
    );
  } else if (owner === 'fairlead' && !events.includes('failure')) {
    warn(
      ['roles', name, 'events'],
      'PagerDuty opens an incident for a failure alone, so the role is told of nothing; add failure, or another channel',
    );
  }
}
