import type { RuleInput } from '../schema/field-meta.ts';

/** Firebase is not among them: it is told without a role. */
const BY_ROLE = ['slack', 'teams', 'sms', 'pagerduty'] as const;

interface GivenSlack {
  readonly webhook_url?: unknown;
  readonly destinations?: readonly ({ readonly name?: string } | undefined)[];
}

interface GivenConfig {
  readonly notification?: Readonly<Record<string, unknown>> & {
    readonly slack?: GivenSlack;
    readonly fallback?: string;
    readonly page_owner?: string;
  };
  readonly roles?: Readonly<
    Record<string, { readonly channels?: readonly (string | undefined)[] } | undefined>
  >;
}

/** A destination that is on and that nobody names is told of nothing: warned of, since someone meant it to be used. */
export function unusedChannelRule({ value, has, show, warn }: RuleInput): void {
  const { notification = {}, roles = {} } = value as GivenConfig;
  const given = Object.values(roles);
  // A role or a channel that does not fit was reported itself, and may be the one that is meant.
  if (has(['roles']) && (value as GivenConfig).roles === undefined) return;
  if (given.some((role) => role?.channels?.includes(undefined) ?? true)) return;
  const named = new Set(given.flatMap((role) => role?.channels ?? []));
  if (notification.fallback !== undefined) named.add(notification.fallback);
  for (const channel of BY_ROLE) {
    if (notification[channel] === undefined) continue;
    if (channel === 'pagerduty' && (notification.page_owner ?? 'fairlead') !== 'fairlead') continue;
    const path = ['notification', channel];
    const isSlack = channel === 'slack';
    const unnamed = isSlack && notification.slack?.webhook_url === undefined;
    if (!unnamed && !named.has(channel)) warn(path, unused(channel, 'set enabled: false'));
    if (isSlack) warnOfDestinations(path);
  }

  function warnOfDestinations(path: readonly string[]): void {
    for (const [index, destination] of (notification.slack?.destinations ?? []).entries()) {
      const name = destination?.name;
      if (name === undefined || named.has(`slack:${name}`)) continue;
      const at = [...path, 'destinations', index];
      warn(at, unused(`slack:${show([...at, 'name'])}`, 'take it out'));
    }
  }
}

function unused(destination: string, or: string): string {
  return `no role names ${destination}, so nobody is told there; name it in roles.<role>.channels, or ${or}`;
}
