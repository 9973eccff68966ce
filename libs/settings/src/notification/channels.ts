import { parseDuration } from '@fairlead/config';
import type { ChannelSettings } from '@fairlead/notifications';
import type { ConfigValues } from '../config-values.ts';
import { severityIn } from './severity.ts';
import { templatesFor } from './templates.ts';

type Notification = NonNullable<ConfigValues['notification']>;
type Block<Name extends keyof Notification> = NonNullable<Notification[Name]>;

/**
 * The channels that are on, in the notifications' own words: secrets are revealed here, for the clients alone. PagerDuty
 * is left out where another road wakes people (`page_owner`): all that it could do is wake them once more.
 */
export function channelSettings(
  values: Pick<ConfigValues, 'notification' | 'environments'>,
): readonly ChannelSettings[] {
  const { slack, teams, sms, pagerduty, firebase, page_owner, templates } =
    values.notification ?? {};
  const pages = page_owner === undefined || page_owner === 'fairlead';
  return [
    ...(slack === undefined ? [] : slackSettings(slack)),
    ...(teams === undefined ? [] : [teamsSettings(teams)]),
    ...(sms === undefined ? [] : [smsSettings(sms)]),
    ...(pagerduty === undefined || !pages ? [] : [pagerdutySettings(pagerduty, values)]),
    ...(firebase === undefined ? [] : [firebaseSettings(firebase)]),
  ].map((settings) => ({ ...settings, ...templatesFor(settings.channel, templates) }));
}

/** The sample's own webhook, and each of the named ones. */
function slackSettings(slack: Block<'slack'>): ChannelSettings<'slack'>[] {
  const { webhook_url, channel, username, destinations } = slack;
  const own = webhook_url === undefined ? [] : [{ name: 'slack', webhook_url, channel, username }];
  const named = (destinations ?? []).map((one) => ({ ...one, name: `slack:${one.name}` }));
  return [...own, ...named].map((one) => ({
    channel: 'slack',
    name: one.name,
    webhookUrl: one.webhook_url.reveal(),
    ...paceOf(slack),
    ...(one.channel === undefined ? {} : { postTo: one.channel }),
    ...(one.username === undefined ? {} : { username: one.username }),
    ...apiUrlOf(slack),
  }));
}

function teamsSettings(teams: Block<'teams'>): ChannelSettings<'teams'> {
  return {
    channel: 'teams',
    webhookUrl: teams.webhook_url.reveal(),
    ...paceOf(teams),
    ...apiUrlOf(teams),
  };
}

function smsSettings(sms: Block<'sms'>): ChannelSettings<'sms'> {
  return {
    channel: 'sms',
    accountSid: sms.account_sid.reveal(),
    authToken: sms.auth_token.reveal(),
    fromNumber: sms.from_number.reveal(),
    toNumbers: sms.to_numbers.map((number) => number.reveal()),
    ...paceOf(sms),
    ...apiUrlOf(sms),
  };
}

function pagerdutySettings(
  pagerduty: Block<'pagerduty'>,
  values: Pick<ConfigValues, 'environments'>,
): ChannelSettings<'pagerduty'> {
  const { api_key, service_id, routing_key, from_email } = pagerduty;
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
    severityIn: severityIn(values),
    ...apiUrlOf(pagerduty),
  };
}

function firebaseSettings(firebase: Block<'firebase'>): ChannelSettings<'firebase'> {
  const { project_id, credentials_file, notification_topics, email_to } = firebase;
  return {
    channel: 'firebase',
    projectId: project_id,
    credentialsFile: credentials_file,
    ...(notification_topics === undefined ? {} : { notificationTopics: notification_topics }),
    ...(email_to === undefined ? {} : { emailTo: email_to }),
    ...apiUrlOf(firebase),
  };
}

interface Paced {
  readonly max_per_minute: number;
  readonly digest_after: string;
}

function paceOf({ max_per_minute, digest_after }: Paced) {
  const digestAfterMs = parseDuration(digest_after);
  return {
    perSecond: max_per_minute / 60,
    ...(digestAfterMs === undefined ? {} : { digestAfterMs }),
  };
}

function apiUrlOf({ api_url }: { readonly api_url?: string | undefined }): { apiUrl?: string } {
  return api_url === undefined ? {} : { apiUrl: api_url };
}
