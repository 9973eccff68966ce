import type { ChannelBlocks } from './config.ts';
import type { ChannelVendors } from './vendors.ts';

/** Malformed as only the client, or of SMS the vendor, finds out: each of these loads. */
export function badBlocks(vendors: ChannelVendors, keyFile: string): ChannelBlocks {
  const { slack, teams, twilio, pagerduty, firebase } = vendors;
  return {
    slack: {
      webhook_url: withPassword(slack.webhookUrl),
      destinations: [{ name: 'releases', webhook_url: withPassword(slack.strictWebhookUrl) }],
      max_per_minute: 0,
    },
    teams: { webhook_url: withPassword(teams.webhookUrl), max_per_minute: 0 },
    sms: {
      account_sid: twilio.accountSid,
      auth_token: `${twilio.authToken}x`,
      from_number: twilio.fromNumber,
      to_numbers: vendors.toNumbers,
      api_url: twilio.url,
      max_per_minute: 0,
    },
    // No character of a header.
    pagerduty: {
      api_key: `${pagerduty.apiKey}Ж`,
      service_id: pagerduty.serviceId,
      api_url: pagerduty.url,
    },
    firebase: {
      project_id: firebase.projectId,
      credentials_file: keyFile,
      notification_topics: ['deployments'],
      email_to: ['ops@example.com'],
      api_url: firebase.url,
    },
  };
}

/** Malformed as the loader finds out. */
export function unreadableBlocks(vendors: ChannelVendors, keyFile: string): ChannelBlocks {
  const { slack, teams, twilio, pagerduty, firebase } = vendors;
  return {
    slack: {
      webhook_url: slack.webhookUrl.replace('http://', ''),
      destinations: [{ name: 'releases', webhook_url: `${slack.strictWebhookUrl}\u0000` }],
    },
    teams: { webhook_url: teams.webhookUrl.replace('http:', 'ftp:') },
    sms: {
      account_sid: twilio.accountSid.slice(1),
      auth_token: `${twilio.authToken}\u001b[31m`,
      from_number: `sip:${twilio.fromNumber}`,
      to_numbers: vendors.toNumbers.map((number) => `${number}x`),
    },
    pagerduty: {
      api_key: `${pagerduty.apiKey}\u0007`,
      routing_key: `${vendors.routingKey}-`,
      service_id: pagerduty.serviceId,
    },
    firebase: { project_id: firebase.projectId, credentials_file: keyFile },
  };
}

/** The password is the secret's own text. */
function withPassword(url: string): string {
  const address = new URL(url);
  address.username = 'fairlead';
  address.password = decodeURIComponent(url.split(/[/=]/).at(-1) ?? '');
  return address.href;
}
