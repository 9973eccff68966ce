import { describe, expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { channelSettings } from './channels.ts';

const FILE = `notification:
  teams: { webhook_url: "\${TEAMS}", max_per_minute: 30 }
  sms:
    account_sid: "\${SID}"
    auth_token: "\${TOKEN}"
    from_number: "+15005550006"
    to_numbers: ["+15005550009"]
    api_url: "http://127.0.0.1:1"
  firebase:
    project_id: shop
    credentials_file: key.json
    notification_topics: [deployments]
    email_to: [ops@example.com]
`;
const ENV = {
  TEAMS: 'https://example.com/hook',
  SID: `AC${'0'.repeat(32)}`,
  TOKEN: '1'.repeat(32),
};

/** Looks like a key, and is none. */
const KEY = JSON.stringify({
  type: 'service_account',
  project_id: 'shop',
  client_email: 'fairlead@shop.iam.gserviceaccount.com',
  private_key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
});

const FILES: Readonly<Record<string, string>> = {
  '/project/key.json': KEY,
  '/project/own.yaml': 'title: "{{application}} fails"\n',
};

function settingsOf(text: string) {
  const readFile = (path: string) => new TextEncoder().encode(FILES[path] ?? text);
  return channelSettings(
    loadFullConfig({ files: ['fairlead.yaml'], env: ENV, cwd: '/project', readFile }).values,
  );
}

/** Of every paced channel, with this in its block. */
function pacesOf(pace: string) {
  const more = pace === '' ? '' : `, ${pace}`;
  return settingsOf(`notification:
  slack: { webhook_url: "${ENV.TEAMS}"${more} }
  teams: { webhook_url: "${ENV.TEAMS}"${more} }
  sms: { account_sid: "${ENV.SID}", auth_token: "${ENV.TOKEN}", from_number: "+15005550006", to_numbers: ["+15005550009"]${more} }
`);
}

describe('channelSettings', () => {
  it('is nothing where nothing is configured', () => {
    expect(settingsOf('application: shop\n')).toEqual([]);
  });

  it('hands each channel what its client needs, rates by the second', () => {
    expect(settingsOf(FILE)).toEqual([
      { channel: 'teams', webhookUrl: ENV.TEAMS, perSecond: 0.5, digestAfterMs: 60_000 },
      {
        channel: 'sms',
        accountSid: ENV.SID,
        authToken: ENV.TOKEN,
        fromNumber: '+15005550006',
        toNumbers: ['+15005550009'],
        perSecond: 0.2,
        digestAfterMs: 60_000,
        apiUrl: 'http://127.0.0.1:1',
      },
      {
        channel: 'firebase',
        projectId: 'shop',
        credentialsFile: '/project/key.json',
        notificationTopics: ['deployments'],
        emailTo: ['ops@example.com'],
      },
    ]);
  });

  it('leaves out a channel that is off', () => {
    expect(settingsOf(FILE.replaceAll('webhook_url:', 'enabled: false, webhook_url:'))).toEqual([
      expect.objectContaining({ channel: 'sms' }),
      expect.objectContaining({ channel: 'firebase' }),
    ]);
  });

  it.each([
    ['', ['pagerduty']],
    ['page_owner: fairlead', ['pagerduty']],
    ['page_owner: alertmanager', []],
    ['page_owner: datadog', []],
    ['page_owner: none', []],
  ])(
    '"`notification.page_owner`" "says which road wakes people; the others inform": with %j',
    (owner, expected) => {
      const key = `routing_key: ${'k'.repeat(32)}`;

      const settings = settingsOf(`notification:\n  pagerduty: { ${key} }\n  ${owner}\n`);

      expect(settings.map(({ channel }) => channel)).toEqual(expected);
    },
  );

  it('has "Slack 1/s, Teams 2/s, SMS 12 a minute", and "`digest_after` (60 s)", where nothing is said', () => {
    expect(pacesOf('')).toMatchObject([
      { channel: 'slack', perSecond: 1, digestAfterMs: 60_000 },
      { channel: 'teams', perSecond: 2, digestAfterMs: 60_000 },
      { channel: 'sms', perSecond: 12 / 60, digestAfterMs: 60_000 },
    ]);
  });

  it.each([
    ['max_per_minute: 30', { perSecond: 0.5 }],
    ['max_per_minute: 0', { perSecond: 0 }],
    ['digest_after: 5m', { digestAfterMs: 300_000 }],
  ])('"each configurable (`max_per_minute`; 0 lifts it)": %s', (pace, expected) => {
    expect(pacesOf(pace)).toMatchObject([expected, expected, expected]);
  });

  it('"Two channels need two webhooks: `slack` takes a list of named destinations beside the sample\'s form"', () => {
    const text = `notification:
  slack:
    webhook_url: "https://example.com/own"
    channel: "#deployments"
    destinations: [{ name: releases, webhook_url: "https://example.com/releases" }]
`;

    expect(settingsOf(text)).toMatchObject([
      { name: 'slack', webhookUrl: 'https://example.com/own', postTo: '#deployments' },
      { name: 'slack:releases', webhookUrl: 'https://example.com/releases' },
    ]);
  });

  it('gives each channel its own of "`notification.templates.<kind>.<channel>: FILE`", and every destination of Slack', () => {
    const text = `notification:
  slack:
    webhook_url: "${ENV.TEAMS}"
    destinations: [{ name: releases, webhook_url: "${ENV.TEAMS}" }]
  teams: { webhook_url: "${ENV.TEAMS}" }
  templates:
    deployment-failed: { slack: own.yaml }
    deployment-started: { slack: own.yaml, sms: own.yaml }
`;

    const settings = settingsOf(text);

    const own = { title: '{{application}} fails' };
    const templates = { 'deployment-failed': own, 'deployment-started': own };
    expect(settings).toMatchObject([
      { name: 'slack', templates },
      { name: 'slack:releases', templates },
      { channel: 'teams' },
    ]);
    expect(settings[2]).not.toHaveProperty('templates');
  });
});
