import { describe, expect, it } from '@jest/globals';
import { inspectFullConfig } from '@fairlead/config';
import { channelSettings } from './channels.ts';
import { absenceOf } from './absence.ts';
import { roleRules } from './roles.ts';
import { withStandIns } from './stand-ins.ts';

const FILE = `application: "\${APPLICATION}"
notification:
  slack:
    webhook_url: "\${SLACK}"
    channel: "\${SLACK_CHANNEL}"
    destinations: [{ name: releases, webhook_url: "\${RELEASES}" }]
  teams: { webhook_url: "\${TEAMS}" }
  sms:
    account_sid: "\${SID}"
    auth_token: "\${TOKEN}"
    from_number: "\${FROM}"
    to_numbers: ["\${ONE}", "\${TWO}"]
  pagerduty: { api_key: "\${PD}", service_id: "\${SERVICE}" }
  firebase: { project_id: "\${PROJECT}", credentials_file: "\${KEY}", email_to: ["\${MAIL}"] }
roles:
  ops: { channels: [slack, "slack:releases"], events: [failure] }
`;

function inspect(text: string, env: Readonly<Record<string, string>> = {}) {
  const readFile = (path: string) => {
    if (path.endsWith('fairlead.yaml')) return new TextEncoder().encode(text);
    throw Object.assign(new Error(path), { code: 'ENOENT' });
  };
  return inspectFullConfig({ files: ['fairlead.yaml'], env, cwd: '/project', readFile });
}

describe('withStandIns', () => {
  it('has every channel and role though no variable is set', () => {
    const { values, misnamed } = withStandIns(inspect(FILE));

    expect(channelSettings(values)).toMatchObject([
      { channel: 'slack', name: 'slack', webhookUrl: 'not-set', postTo: 'not-set' },
      { channel: 'slack', name: 'slack:releases', webhookUrl: 'not-set' },
      { channel: 'teams', webhookUrl: 'not-set' },
      { channel: 'sms', accountSid: 'not-set', toNumbers: ['not-set[0]', 'not-set[1]'] },
      { channel: 'pagerduty', keys: { apiKey: 'not-set', serviceId: 'not-set' } },
      {
        channel: 'firebase',
        projectId: 'not-set',
        credentialsFile: 'not-set',
        emailTo: ['not-set'],
      },
    ]);
    expect(roleRules(values)).toMatchObject([{ name: 'ops' }]);
    expect(misnamed).toEqual(['sms']);
  });

  it('takes what is set as it is', () => {
    const { values, misnamed } = withStandIns(
      inspect(FILE, { ONE: '+15005550009', TWO: '+15005550010', TEAMS: 'https://example.com/x' }),
    );

    expect(misnamed).toEqual([]);
    expect(channelSettings(values)).toContainEqual(
      expect.objectContaining({ channel: 'sms', toNumbers: ['+15005550009', '+15005550010'] }),
    );
    expect(channelSettings(values)).toContainEqual(
      expect.objectContaining({ channel: 'teams', webhookUrl: 'https://example.com/x' }),
    );
  });

  it('stands in for secrets in files whose place is a variable', () => {
    const text = `notification:
  teams: { webhook_url_file: "\${FILE}" }
  sms: { account_sid: "\${SID}", auth_token: b, from_number: "+1", to_numbers_file: "\${NUMBERS}" }
`;

    const { values, misnamed } = withStandIns(inspect(text));

    expect(channelSettings(values)).toMatchObject([
      { channel: 'teams', webhookUrl: 'not-set' },
      { channel: 'sms', toNumbers: ['not-set'] },
    ]);
    expect(misnamed).toEqual(['sms']);
  });

  it('stands in for secrets whose file is on another machine', () => {
    const text = `notification:
  slack:
    webhook_url_file: /run/secrets/slack
    destinations: [{ name: releases, webhook_url_file: /run/secrets/releases }]
  sms: { account_sid_file: sid, auth_token: b, from_number: "+1", to_numbers_file: numbers }
  firebase: { project_id: shop, credentials_file: key.json, email_to: [ops@example.com] }
monitoring_systems: { datadog: { api_key_file: dd, app_key: a } }
`;

    const { values, misnamed } = withStandIns(inspect(text));

    expect(channelSettings(values)).toMatchObject([
      { name: 'slack', webhookUrl: 'not-set' },
      { name: 'slack:releases', webhookUrl: 'not-set' },
      { channel: 'sms', accountSid: 'not-set', toNumbers: ['not-set'] },
      { channel: 'firebase', credentialsFile: 'not-set' },
    ]);
    expect(misnamed).toEqual(['sms']);
  });

  it.each([
    ['a role’s channel', FILE.replace('[slack, ', '["${CHANNEL}", ')],
    ['the name of a destination', FILE.replace('name: releases', 'name: "${NAME}"')],
    ['who pages', FILE.replace('  teams:', '  page_owner: "${OWNER}"\n  teams:')],
  ])('refuses to guess %s', (_what, text) => {
    expect(() => withStandIns(inspect(text))).toThrow(/is not set|CHANNEL|NAME|OWNER/);
  });
});

describe('absenceOf', () => {
  const text = `notification:
  slack: { destinations: [{ name: a, webhook_url: "https://example.com/x" }] }
  teams: { enabled: false }
  pagerduty: { routing_key: ${'k'.repeat(32)} }
  firebase: { project_id: shop, credentials_file: "\${KEY}" }
  page_owner: datadog
`;

  it('does not say of nobody that it wakes people', () => {
    const inspected = inspect(text.replace('page_owner: datadog', 'page_owner: none'));
    const { values } = withStandIns(inspected);

    expect(absenceOf({ off: inspected.config.off, values }, 'pagerduty')).toBe(
      'notification.page_owner is none: nobody is woken, so PagerDuty gets nothing',
    );
  });

  it.each([
    ['slack', 'notification.slack has no webhook_url of its own'],
    ['slack:b', 'notification.slack.destinations has no b'],
    ['teams', 'switched off: notification.teams.enabled is false'],
    ['sms', 'not configured: add notification.sms'],
    ['firebase', 'nobody to tell: notification.firebase has no notification_topics, no email_to'],
    [
      'pagerduty',
      'notification.page_owner is datadog: that road wakes people, so PagerDuty gets nothing from here',
    ],
  ])('says why %s has no destination', (channel, expected) => {
    const inspected = inspect(text);
    const { off } = inspected.config;

    expect(absenceOf({ off, values: withStandIns(inspected).values }, channel)).toBe(expected);
  });
});
