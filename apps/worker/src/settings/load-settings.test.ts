import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WorkerOptions } from '../options/worker-options.ts';
import { loadSettings } from './load-settings.ts';

const options: WorkerOptions = {
  role: 'both',
  cluster: 'default',
  configFiles: [],
  connectTimeoutMs: 1,
  logLevel: 'info',
  rates: {},
};
let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'fairlead-settings-'));
});

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
});

describe('loadSettings', () => {
  it('runs both roads in the sandbox, without a file', () => {
    const settings = loadSettings({ ...options, sandbox: 'box' }, { env: {}, cwd });

    expect(settings.channels.map(({ channel }) => channel)).toEqual([
      'inbox-mail',
      'inbox-chat',
      'inbox-monitoring',
      'log',
    ]);
  });

  it('mends in the sandbox only what is in the environment’s own namespaces', () => {
    const { remediation } = loadSettings({ ...options, sandbox: 'box' }, { env: {}, cwd });

    expect(remediation?.('staging')).toMatchObject({
      enabled: true,
      namespaces: ['staging', 'varai-staging'],
    });
  });

  it('sends to the log when there is no configuration', () => {
    const settings = loadSettings(options, { env: {}, cwd });

    expect(settings).toEqual({
      remediation: expect.any(Function),
      severityIn: expect.any(Function),
      channels: [{ channel: 'log' }],
      systems: [],
      showsProgress: false,
      provision: [],
      watched: [],
      roles: [],
      files: [],
      secretFiles: [],
      warnings: [],
    });
  });

  it('sends to each Slack webhook that is on, at its rate, and routes by role', async () => {
    await writeFile(
      join(cwd, 'fairlead.yaml'),
      `notification:
  slack:
    webhook_url: \${SLACK_WEBHOOK_URL}
    channel: "#deployments"
    max_per_minute: 30
    destinations:
      - { name: releases, webhook_url_file: hook }
roles:
  lead: { channels: ["slack:releases"], events: [promotion], environments: [production] }
`,
    );
    await writeFile(join(cwd, 'hook'), 'https://hooks.example.com/services/2\n');

    const env = { SLACK_WEBHOOK_URL: 'https://hooks.example.com/services/1' };
    const { channels, roles, warnings } = loadSettings(options, { env, cwd });

    expect(channels).toEqual([
      { channel: 'log' },
      {
        ...{ channel: 'slack', name: 'slack', postTo: '#deployments', perSecond: 0.5 },
        digestAfterMs: 60_000,
        webhookUrl: env.SLACK_WEBHOOK_URL,
      },
      {
        ...{ channel: 'slack', name: 'slack:releases', perSecond: 0.5, digestAfterMs: 60_000 },
        webhookUrl: 'https://hooks.example.com/services/2',
      },
    ]);
    expect(roles).toEqual([
      {
        ...{ name: 'lead', channels: ['slack:releases'], events: ['promotion'] },
        environments: ['production'],
      },
    ]);
    expect(warnings).toEqual([
      expect.stringContaining('notification.slack.channel: '),
      expect.stringContaining('notification.slack: no role names slack'),
    ]);
  });

  it('speaks in people’s own words, and follows their files', async () => {
    const template = join(cwd, 'failed.yaml');
    await writeFile(template, 'title: "{{application}} is down"\n');
    await writeFile(
      join(cwd, 'fairlead.yaml'),
      `notification:
  teams: { webhook_url: "https://example.com/hook" }
  templates: { deployment-failed: { teams: failed.yaml, sms: failed.yaml } }
`,
    );

    const { channels, secretFiles, warnings } = loadSettings(options, { env: {}, cwd });

    expect(channels).toMatchObject([
      { channel: 'log' },
      {
        channel: 'teams',
        templates: { 'deployment-failed': { title: '{{application}} is down' } },
      },
    ]);
    expect(secretFiles).toEqual([template]);
    expect(warnings).toEqual([
      expect.stringContaining(
        'notification.templates.deployment-failed.sms: sms is not configured',
      ),
      expect.stringContaining('notification.teams: no role names teams'),
    ]);
  });

  it('wakes people by PagerDuty, less where the environment says so', async () => {
    await writeFile(
      join(cwd, 'fairlead.yaml'),
      `notification:
  pagerduty:
    routing_key: \${PAGERDUTY_ROUTING_KEY}
environments:
  staging: { severity: warning }
`,
    );
    const env = { PAGERDUTY_ROUTING_KEY: 'r'.repeat(32) };

    const { channels } = loadSettings(options, { env, cwd });

    const [, pagerduty] = channels;
    expect(pagerduty).toMatchObject({
      channel: 'pagerduty',
      keys: { routingKey: env.PAGERDUTY_ROUTING_KEY },
    });
    if (pagerduty?.channel !== 'pagerduty') throw new Error('no PagerDuty');
    expect(['staging', 'production'].map((name) => pagerduty.severityIn?.(name))).toEqual([
      'warning',
      'critical',
    ]);
  });

  it('says who is told in place of a dead one, when it is quiet, and where a failure is less', async () => {
    await writeFile(
      join(cwd, 'fairlead.yaml'),
      `notification:
  slack: { webhook_url: "https://hooks.example.com/services/1" }
  fallback: slack
environments:
  staging: { severity: warning }
roles:
  ops:
    channels: [slack]
    events: [failure]
    quiet_hours: { from: "22:00", to: "07:00", time_zone: Asia/Seoul, then: drop }
`,
    );

    const { fallback, roles, severityIn } = loadSettings(options, { env: {}, cwd });

    expect(fallback).toBe('slack');
    expect(roles).toMatchObject([
      { quietHours: { from: '22:00', to: '07:00', timeZone: 'Asia/Seoul', then: 'drop' } },
    ]);
    expect(['staging', 'production'].map((name) => severityIn?.(name))).toEqual([
      'warning',
      'critical',
    ]);
  });

  it('names the secret files that the configuration names', async () => {
    await writeFile(
      join(cwd, 'fairlead.yaml'),
      'notification:\n  teams:\n    webhook_url_file: hook\n',
    );
    await writeFile(join(cwd, 'hook'), 'https://example.com/hook\n');

    expect(loadSettings(options, { env: {}, cwd }).secretFiles).toEqual([join(cwd, 'hook')]);
  });

  it('throws with all that is wrong when a file is broken', async () => {
    await writeFile(join(cwd, 'fairlead.yaml'), 'notifications: {}\n');

    expect(() => loadSettings(options, { env: {}, cwd })).toThrow(/fairlead\.yaml:1:1/);
  });

  it('looks for no file when it serves only a cluster', async () => {
    await writeFile(join(cwd, 'fairlead.yaml'), 'notifications: {}\n');

    expect(loadSettings({ ...options, role: 'cluster' }, { env: {}, cwd }).channels).toEqual([]);
  });

  it('takes alerts where the configuration says so, and none where it serves only a cluster', async () => {
    const file = join(cwd, 'fairlead.yaml');
    await writeFile(file, 'remediation: { receiver: { bearer_token: x } }\n');

    expect(loadSettings(options, { env: {}, cwd }).alerts).toMatchObject({ port: 9095 });
    expect(
      loadSettings({ ...options, role: 'cluster', configFiles: [file] }, { env: {}, cwd }).alerts,
    ).toBeUndefined();
  });
});
