import type { z } from 'zod';
import { firebaseRule, pagerdutyRule, slackRule } from '../rules/channel-rules.ts';
import { block, duration, keyFile, listOf, switchField, text, wholeNumber } from './fields.ts';
import { name } from './names.ts';
import { accountSid, phoneNumber, routingKey, secretKey, secretUrl } from './secret-fields.ts';
import { originUrl, serviceUrl } from './url.ts';
import { doubtSlackWebhook, doubtTeamsWebhook } from './webhook-doubts.ts';

/** Many more than anyone reads; a longer list is a mistake. */
const MAX_ELEMENTS = 100;
const MAX_PER_MINUTE = 60_000;
/** https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages */
const TOPIC = /^[a-zA-Z0-9\-_.~%]{1,900}$/;
const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+$/;
const VISIBLE = /^\S+$/;

const enabled = switchField('Whether the channel is used. Default: true.').default(true);
const apiUrl = serviceUrl(
  'Where calls go in place of the vendor, for a proxy or gateway. Default: the vendor’s own.',
  'leave user and password out',
).optional();
const digestAfter = duration({
  description: 'What could not be started within this time goes into a digest. Default: 60s.',
  minMs: 1000,
}).default('60s');

function perMinute(fallback: number): z.ZodDefault<z.ZodInt> {
  return wholeNumber({
    description: `Messages a minute at most; 0 lifts the cap. Default: ${fallback}.`,
    min: 0,
    max: MAX_PER_MINUTE,
  }).default(fallback);
}

function email(description: string): z.ZodString {
  return text({ description, expected: 'an e-mail address', pattern: EMAIL, max: 320 });
}

const channel = text({
  description: 'Slack channel. Only legacy webhooks honour it.',
  expected: 'a channel such as "#deployments", in quotes',
  max: 80,
});
const username = text({
  description: 'Name that a message is sent under. Only legacy webhooks honour it.',
  expected: 'a name of at most 80 characters',
  max: 80,
});

const slackDestination = block('One more Slack webhook, which a role names as slack:<name>.', {
  name: name('Name of the destination.'),
  webhook_url: secretUrl('Incoming webhook.', doubtSlackWebhook),
  channel: channel.optional(),
  username: username.optional(),
});

const slack = block(
  'Slack, by incoming webhooks.',
  {
    enabled,
    webhook_url: secretUrl(
      'Incoming webhook of the destination `slack`. May be left out where destinations are given.',
      doubtSlackWebhook,
    ).optional(),
    channel: channel.optional(),
    username: username.optional(),
    destinations: listOf(slackDestination, {
      description: 'Further webhooks by name: two channels need two webhooks.',
      max: MAX_ELEMENTS,
    }).optional(),
    api_url: apiUrl,
    max_per_minute: perMinute(60),
    digest_after: digestAfter,
  },
  slackRule,
);

const teams = block('Microsoft Teams, by a Workflows webhook.', {
  enabled,
  webhook_url: secretUrl('Webhook of a Workflows flow.', doubtTeamsWebhook),
  api_url: apiUrl,
  max_per_minute: perMinute(120),
  digest_after: digestAfter,
});

const sms = block('SMS, by Twilio.', {
  enabled,
  account_sid: accountSid('Account SID.'),
  auth_token: secretKey('Auth token of the account.'),
  from_number: phoneNumber('Number that messages come from.'),
  to_numbers: listOf(phoneNumber('A number that is told.'), {
    description: 'Numbers that are told. In a file of its own (to_numbers_file): one a line.',
    max: MAX_ELEMENTS,
  }),
  api_url: apiUrl,
  max_per_minute: perMinute(12),
  digest_after: digestAfter,
});

const pagerduty = block(
  'PagerDuty: api_key with service_id, or routing_key.',
  {
    enabled,
    api_key: secretKey('REST API key; looks the integration key up.').optional(),
    service_id: text({
      description: 'ID of the service.',
      expected: 'a service ID such as PABC123',
      pattern: VISIBLE,
    }).optional(),
    routing_key: routingKey(
      'Integration key of Events API v2; makes the lookup unnecessary.',
    ).optional(),
    from_email: email('E-mail of a user of the account; the REST fall-back needs it.').optional(),
    api_url: apiUrl,
  },
  pagerdutyRule,
);

const firebase = block(
  'Firebase: pushes to topics, and e-mail by the Trigger Email extension.',
  {
    enabled,
    project_id: text({ description: 'Project ID.', expected: 'a project ID', pattern: VISIBLE }),
    credentials_file: keyFile('Path of a service account’s key, JSON.'),
    notification_topics: listOf(
      text({
        description: 'A topic.',
        expected: 'a topic: letters, digits and - _ . ~ %',
        pattern: TOPIC,
      }),
      { description: 'Topics that are pushed to. Default: none.', min: 0, max: MAX_ELEMENTS },
    ).optional(),
    email_to: listOf(email('An address.'), {
      description: 'Recipients of the e-mail templates. Default: none.',
      min: 0,
      max: MAX_ELEMENTS,
    }).optional(),
    api_url: originUrl(
      'Where calls go in place of the vendor, for a proxy or gateway; without a path. Default: the vendor’s own.',
      'leave user and password out',
    ).optional(),
  },
  firebaseRule,
);

export const channelShape = {
  firebase: firebase.optional(),
  slack: slack.optional(),
  teams: teams.optional(),
  sms: sms.optional(),
  pagerduty: pagerduty.optional(),
};
