import { expect, it } from '@jest/globals';
import { configText } from './config-text.ts';

const origin = { kind: 'file', file: 'fairlead.yaml', line: 3, column: 1 } as const;

it('prints each value with its origin, and what is switched off', () => {
  const text = configText(
    [
      { path: 'application', shown: '"shop"', value: 'shop', secret: false, origin },
      {
        path: 'notification.slack.webhook_url',
        shown: '(secret, 41 characters)',
        secret: true,
        origin: { ...origin, kind: 'variable', variables: ['SLACK_WEBHOOK_URL'] },
      },
    ],
    ['notification.sms'],
  );

  expect(text.replaceAll(/ +/g, ' ').split('\n')).toEqual([
    'application: "shop" # fairlead.yaml:3',
    'notification.slack.webhook_url: (secret, 41 characters) # SLACK_WEBHOOK_URL (fairlead.yaml:3)',
    'notification.sms: (off) # enabled: false',
  ]);
});

it('says that nothing is configured', () => {
  expect(configText([], [])).toMatch(/every value has its default/);
});
