import { createDestinations } from '@fairlead/notifications';
import type { ChannelSettings, Destination } from '@fairlead/notifications';

const SETTINGS: readonly ChannelSettings[] = [
  { channel: 'slack', name: 'slack', webhookUrl: 'https://hooks.slack.com/services/hidden' },
  { channel: 'teams', webhookUrl: 'https://teams.example.com/hidden' },
  {
    channel: 'sms',
    accountSid: 'hidden',
    authToken: 'hidden',
    fromNumber: '+15005550006',
    toNumbers: ['+15005550199'],
  },
  { channel: 'pagerduty', keys: { routingKey: 'hidden' } },
  {
    channel: 'firebase',
    projectId: 'shop',
    credentialsFile: 'key.json',
    notificationTopics: ['deployments'],
    emailTo: ['ops@example.com'],
  },
];

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** All that a configuration can have, in the page's order. Nothing is sent. */
export function allDestinations(): readonly Destination[] {
  return SETTINGS.flatMap((settings) =>
    createDestinations(settings, {
      log: silent,
      dashboard: ({ environment, application }) =>
        `https://grafana.example.com/d/deployments?var-environment=${environment}&var-application=${application}`,
      linkTo: (id) =>
        `https://temporal.example.com/namespaces/default/workflows/deployment%2F${id}`,
    }),
  );
}
