import type { loadFullConfig } from '@fairlead/config';
import type { ChannelSettings, RoleRule } from '@fairlead/notifications';

export type ConfigValues = ReturnType<typeof loadFullConfig>['values'];
type Notification = NonNullable<ConfigValues['notification']>;
type Slack = NonNullable<Notification['slack']>;
type Pagerduty = NonNullable<Notification['pagerduty']>;

/** The channels that are on, in the notifications' own words: secrets are revealed here, for the clients alone. */
export function channelSettings(values: ConfigValues): readonly ChannelSettings[] {
  const { slack, pagerduty } = values.notification ?? {};
  return [
    ...(slack === undefined ? [] : slackSettings(slack)),
    ...(pagerduty === undefined ? [] : [pagerdutySettings(pagerduty, values)]),
  ];
}

export function roleRules({ roles }: ConfigValues): readonly RoleRule[] {
  return Object.entries(roles ?? {}).map(
    ([name, { channels, events, environments, severity }]) => ({
      ...{ name, channels, events },
      ...(environments === undefined ? {} : { environments }),
      ...(severity === undefined ? {} : { severity }),
    }),
  );
}

/** The sample's own webhook, and each of the named ones. */
function slackSettings(slack: Slack): ChannelSettings<'slack'>[] {
  const { webhook_url, channel, username, destinations, api_url, max_per_minute } = slack;
  const common = {
    channel: 'slack',
    perSecond: max_per_minute / 60,
    ...(api_url === undefined ? {} : { apiUrl: api_url }),
  } as const;
  const own = webhook_url === undefined ? [] : [{ name: 'slack', webhook_url, channel, username }];
  const named = (destinations ?? []).map((one) => ({ ...one, name: `slack:${one.name}` }));
  return [...own, ...named].map((one) => ({
    ...common,
    name: one.name,
    webhookUrl: one.webhook_url.reveal(),
    ...(one.channel === undefined ? {} : { postTo: one.channel }),
    ...(one.username === undefined ? {} : { username: one.username }),
  }));
}

function pagerdutySettings(
  { api_key, service_id, routing_key, from_email, api_url }: Pagerduty,
  { environments }: ConfigValues,
): ChannelSettings<'pagerduty'> {
  return {
    channel: 'pagerduty',
    keys:
      routing_key === undefined
        ? {
            // The schema wants one or the other.
            apiKey: api_key?.reveal() ?? '',
            serviceId: service_id ?? '',
            ...(from_email === undefined ? {} : { fromEmail: from_email }),
          }
        : { routingKey: routing_key.reveal() },
    severityIn: (environment) => environments?.[environment]?.severity ?? 'critical',
    ...(api_url === undefined ? {} : { apiUrl: api_url }),
  };
}
