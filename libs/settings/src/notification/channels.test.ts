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
  ])('pages only where no other road does: with %j', (owner, expected) => {
    const key = `routing_key: ${'k'.repeat(32)}`;

    const settings = settingsOf(`notification:\n  pagerduty: { ${key} }\n  ${owner}\n`);

    expect(settings.map(({ channel }) => channel)).toEqual(expected);
  });

  it('gives each channel its own templates, to every destination of Slack, and to none that has none', () => {
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
