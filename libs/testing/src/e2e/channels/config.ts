import type { ChannelVendors } from './vendors.ts';

type Block = Readonly<Record<string, unknown>>;

/** Blocks of `notification`, by channel; undefined leaves a key or a channel out. */
export interface ChannelBlocks {
  readonly slack: Block;
  readonly teams: Block;
  readonly sms: Block;
  readonly pagerduty: Block;
  readonly firebase: Block;
}

/** All five channels, a second webhook of Slack among them, each going to its mock. */
export function goodBlocks(vendors: ChannelVendors): ChannelBlocks {
  const { slack, teams, twilio, pagerduty, firebase } = vendors;
  const unpaced = { max_per_minute: 0 };
  return {
    slack: {
      webhook_url: behindName('hooks.slack.com', slack.webhookUrl),
      channel: '#deployments',
      destinations: [
        {
          name: 'releases',
          webhook_url: behindName('hooks.slack.com', slack.strictWebhookUrl),
        },
      ],
      api_url: slack.url,
      ...unpaced,
    },
    teams: {
      webhook_url: behindName('flow.example.com', teams.webhookUrl),
      api_url: teams.url,
      ...unpaced,
    },
    sms: {
      account_sid: twilio.accountSid,
      auth_token: twilio.authToken,
      from_number: twilio.fromNumber,
      to_numbers: vendors.toNumbers,
      api_url: twilio.url,
      ...unpaced,
    },
    pagerduty: {
      api_key: pagerduty.apiKey,
      service_id: pagerduty.serviceId,
      from_email: pagerduty.fromEmail,
      api_url: pagerduty.url,
    },
    firebase: {
      project_id: firebase.projectId,
      credentials_file: firebase.credentialsFile,
      notification_topics: ['deployments'],
      email_to: ['ops@example.com'],
      api_url: firebase.url,
    },
  };
}

/** PagerDuty's other way. */
export function routedBlock({ pagerduty, routingKey }: ChannelVendors): Block {
  return { routing_key: routingKey, api_url: pagerduty.url };
}

/** The same with one vendor for all. No e-mail: that one knows no gRPC. */
export function withVendorAt({ firebase, ...blocks }: ChannelBlocks, url: string): ChannelBlocks {
  const { slack, teams, sms, pagerduty } = blocks;
  return {
    slack: { ...slack, api_url: url },
    teams: { ...teams, api_url: url },
    sms: { ...sms, api_url: url },
    pagerduty: { ...pagerduty, api_url: url },
    firebase: { ...firebase, email_to: [], api_url: url },
  };
}

/** The worker's configuration, JSON: one role that is told of everything, everywhere. */
export function configText(notification: ChannelBlocks): string {
  const channels = ['slack', 'slack:releases', 'teams', 'sms', 'pagerduty', 'firebase'];
  const events = ['status', 'failure', 'rollback', 'canary', 'promotion'];
  return JSON.stringify({ notification, roles: { ops: { channels, events } } });
}

/** The vendor's own host before the mock's path: `api_url` is what leads to the mock. */
function behindName(host: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `https://${host}${pathname}${search}`;
}
