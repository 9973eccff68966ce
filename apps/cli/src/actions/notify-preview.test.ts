import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIo } from '../io.ts';
import { run } from '../run.ts';
import { aRecord } from '@fairlead/client/internal/testing/fixtures';

const CONFIG = `
notification:
  slack:
    webhook_url: "\${SLACK_WEBHOOK_URL}"
    channel: "#deployments"
    destinations: [{ name: releases, webhook_url: "\${RELEASES_URL}" }]
  teams: { webhook_url: "\${TEAMS_WEBHOOK_URL}" }
  sms:
    account_sid: "\${SID}"
    auth_token: "\${TOKEN}"
    from_number: "\${FROM}"
    to_numbers: ["+15005550199"]
  pagerduty: { routing_key: "\${PAGERDUTY_KEY}" }
  firebase:
    project_id: shop
    credentials_file: "\${KEY_FILE}"
    notification_topics: [deployments, ops]
    email_to: [ops@example.com]
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairlead-preview-'));
  writeFileSync(join(folder, 'fairlead.yaml'), CONFIG);
  writeFileSync(join(folder, 'empty.yaml'), 'application: shop\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function preview(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  let stdout = '';
  let stderr = '';
  const io = createIo({
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
  });
  const config = args.includes('--config') ? [] : ['--config', join(folder, 'fairlead.yaml')];
  const exitCode = await run(['notify', 'preview', ...config, ...args], io);
  return { exitCode, stdout, stderr };
}

async function requests(...args: readonly string[]) {
  const { stdout } = await preview([...args, '--json']);
  return JSON.parse(stdout) as { channel: string; method: string; url: string; body: unknown }[];
}

function recordFile(record: unknown): string {
  const file = join(folder, 'record.json');
  writeFileSync(file, typeof record === 'string' ? record : JSON.stringify(record));
  return file;
}

describe('fairlead notify preview', () => {
  it('prints the requests of every destination, although no variable is set', async () => {
    const shown = await requests('--kind', 'deployment-failed', '-e', 'production');

    expect(shown.map(({ channel, method, url }) => `${channel} ${method} ${url}`)).toEqual([
      'slack POST [hidden]',
      'slack:releases POST [hidden]',
      'teams POST [hidden]',
      'sms:0199 POST https://api.twilio.com/2010-04-01/Accounts/[hidden]/Messages.json',
      'pagerduty POST https://events.pagerduty.com/v2/enqueue',
      'firebase POST https://fcm.googleapis.com/v1/projects/shop/messages:send',
      'firebase POST https://fcm.googleapis.com/v1/projects/shop/messages:send',
      expect.stringMatching(
        /^firebase:mail create https:\/\/firestore\.googleapis\.com\/v1\/projects\/shop\/databases\/\(default\)\/documents\/mail\/\S+$/,
      ),
    ]);
    for (const { body } of shown) {
      expect(JSON.stringify(body)).toContain('[production] Deployment Failed');
    }
  });

  it('names what is not set, and no secret that is', async () => {
    const secret = 'https://hooks.slack.com/services/T0/B0/secret-of-the-webhook';

    const { stdout, stderr } = await preview(['--kind', 'deployment-failed'], {
      SLACK_WEBHOOK_URL: secret,
      PAGERDUTY_KEY: 'K'.repeat(32),
    });

    expect(stdout).toContain('slack  POST https://hooks.slack.com/[hidden]\n');
    expect(stdout + stderr).not.toMatch(/secret-of-the-webhook|KKKK/);
    expect(stderr).toMatch(
      /^Not set here.*: KEY_FILE, RELEASES_URL, TEAMS_WEBHOOK_URL, SID, TOKEN, FROM$/m,
    );
  });

  it('names the secret files that are not there', async () => {
    writeFileSync(
      join(folder, 'files.yaml'),
      CONFIG.replace('"${TEAMS_WEBHOOK_URL}"', 'gone').replace(
        'teams: { webhook_url:',
        'teams: { webhook_url_file:',
      ),
    );
    const args = ['--kind', 'deployment-failed', '--config', join(folder, 'files.yaml')];

    const { exitCode, stderr } = await preview(args);

    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^No such file here.*: notification\.teams\.webhook_url_file$/m);
  });

  it.each([
    ['slack', ['slack', 'slack:releases']],
    ['slack:releases', ['slack:releases']],
    ['sms', ['sms:0199']],
    ['firebase', ['firebase', 'firebase', 'firebase:mail']],
    ['firebase:mail', ['firebase:mail']],
  ])('prints only those of --channel %s', async (channel, names) => {
    const shown = await requests('--kind', 'deployment-started', '--channel', channel);

    expect(shown.map((one) => one.channel)).toEqual(names);
  });

  it('says why a channel that is configured is not told', async () => {
    const file = join(folder, 'unwoken.yaml');
    writeFileSync(
      file,
      `notification: { page_owner: none, pagerduty: { routing_key: ${'k'.repeat(32)} } }\n`,
    );

    const { exitCode, stderr } = await preview(['--kind', 'deployment-failed', '--config', file]);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /No channel is told anything: pagerduty \(notification\.page_owner is none: nobody is woken/,
    );
  });

  it('says on stderr why somebody is told nothing', async () => {
    const args = ['--kind', 'canary-started', '--channel', 'pagerduty', '--json'];

    const { exitCode, stdout, stderr } = await preview(args);

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '[]\n' });
    expect(stderr).toMatch(/^pagerduty is told nothing: PagerDuty interrupts/m);
  });

  it('prints an SMS as the fields of its form, its text in lines', async () => {
    const { stdout } = await preview(['--kind', 'deployment-failed', '--channel', 'sms']);

    expect(stdout).toMatch(
      /^ {2}From: \[hidden\]\n {2}Body:\n {4}\[staging\] Deployment Failed\n {4}[^]*\n {2}ValidityPeriod: 3600$/m,
    );
  });

  it('has the link of the worker’s Web UI', async () => {
    const { stdout } = await preview(['--kind', 'deployment-started', '--channel', 'teams'], {
      FAIRLEAD_UI_URL: 'https://temporal.shop.test/',
      TEMPORAL_NAMESPACE: 'releases',
    });

    expect(stdout).toContain('"url": "https://temporal.shop.test/namespaces/releases/workflows/');
  });

  it.each([
    ['a deployment', aRecord()],
    ['a target', { environment: 'staging', record: aRecord() }],
  ])('shows the record of %s', async (_, record) => {
    const args = ['--record', recordFile(record), '--channel', 'slack:releases'];

    const shown = JSON.stringify(await requests('--kind', 'canary-started', ...args));

    expect(shown).toContain('20261125-043312-x7k2qp/2/slack:releases');
    expect(shown).toContain('10 % of api');
    expect(shown).toContain('alice');
  });

  it('shows what a run did not come to, at its end', async () => {
    const record = aRecord({ finishedAt: '2026-11-25T04:34:12.000Z' });
    const args = ['--record', recordFile(record), '--channel', 'slack:releases'];

    const shown = JSON.stringify(await requests('--kind', 'deployment-completed', ...args));

    expect(shown).toContain('the run did not come to this');
    expect(shown).toContain('1 min 0 s');
  });

  const { components: _, ...without } = aRecord();
  it.each([
    ['no file', () => join(folder, 'nope.json'), /nope\.json.*cannot be read \(ENOENT\)/],
    ['no JSON', () => recordFile('{'), /no JSON/],
    ['no object', () => recordFile([]), /holds no object/],
    ['a target that runs nothing', () => recordFile({ targets: [] }), /deploymentId is missing/],
    ['a part that is missing', () => recordFile(without), /components is missing/],
    [
      'a wrong part',
      () => recordFile(aRecord({ components: [{ name: 'api' }] as never })),
      /components\[0\]\.image is missing/,
    ],
    ['a wrong time', () => recordFile(aRecord({ startedAt: 'now' })), /startedAt is no time/],
    ['a wrong reason', () => recordFile(aRecord({ reason: 7 as never })), /reason is no text/],
    [
      'a wrong link',
      () => recordFile(aRecord({ ci: { provider: 'x', url: 7 } as never })),
      /ci\.url/,
    ],
    ['a wrong error', () => recordFile(aRecord({ error: 'x' as never })), /error is no object/],
    ['a wrong event', () => recordFile(aRecord({ events: [{}] as never })), /events\[0\]\.id/],
  ])('refuses a record of %s in one sentence', async (_name, file, message) => {
    const { exitCode, stdout, stderr } = await preview([
      ...['--kind', 'deployment-failed', '--record', file()],
    ]);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(
      /^fairlead: .* is no deployment record: .*status DEPLOYMENT --json.*\n$/,
    );
  });

  it.each([
    [['--channel', 'slak'], /no channel slak; there are slack, slack:releases, teams, sms:0199/],
    [
      ['--channel', 'slack:old'],
      /no channel slack:old \(notification\.slack\.destinations has no old\)/,
    ],
    [['-e', 'staging', '--record', 'x'], /record or an environment, not both/],
    [['--config', 'empty.yaml'], /No channel is configured/],
    [['--kind', 'planned'], /choices are deployment-started, /],
  ])('refuses %j', async (args, message) => {
    const [first = '', second = '', ...rest] = args;
    const given = first === '--config' ? [first, join(folder, second)] : [first, second, ...rest];

    const { exitCode, stderr } = await preview(['--kind', 'deployment-failed', ...given]);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});
