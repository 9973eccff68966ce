import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TEMPLATE_FIELDS } from '@fairlead/domain/text';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { loadCallerConfig, loadFullConfig } from './load/load-config.ts';
import { resolvePlanWithOrigins } from './plan/resolve-plan.ts';
import { configJsonSchema } from './show/config-json-schema.ts';
import { readFileBounded } from './source/file-reader.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const EVERY_FILE = [
  'fairlead.yaml',
  'minimal.yaml',
  'canary-gateway.yaml',
  'rolling.json',
  'own-templates.yaml',
  'several-files/base.yaml',
  'several-files/production.yaml',
];
const KEY_FILE = JSON.stringify({
  type: 'service_account',
  project_id: 'shop',
  client_email: 'fairlead@shop.example.com',
  private_key: '-----BEGIN PRIVATE KEY-----\n',
});
const SECRETS: Readonly<Record<string, string>> = {
  '/run/secrets/firebase.json': KEY_FILE,
  '/run/secrets/slack-releases': 'https://hooks.slack.example.com/releases\n',
  '/run/secrets/pagerduty-routing-key': '0123456789abcdef0123456789abcdef\n',
};
const ENVIRONMENT = {
  DATADOG_API_KEY: 'datadog-api-key',
  DATADOG_APP_KEY: 'datadog-app-key',
  PROMETHEUS_PUSHGATEWAY_URL: 'http://pushgateway:9091',
  PROMETHEUS_ALERTMANAGER_URL: 'http://alertmanager:9093',
  GRAFANA_URL: 'http://grafana:3000',
  GRAFANA_API_KEY: 'grafana-token',
  FIREBASE_PROJECT_ID: 'shop',
  FIREBASE_CREDENTIALS_FILE: '/run/secrets/firebase.json',
  SLACK_WEBHOOK_URL: 'https://hooks.slack.example.com/services/1',
  TEAMS_WEBHOOK_URL: 'https://teams.example.com/1',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM_NUMBER: '+15550100200',
  PAGERDUTY_API_KEY: 'pagerduty-key',
  PAGERDUTY_SERVICE_ID: 'PABC123',
};

function inputs(files: readonly string[], env: Readonly<Record<string, string>> = ENVIRONMENT) {
  return {
    files,
    env,
    cwd: EXAMPLES,
    readFile: (path: string, limit: number) => {
      const secret = SECRETS[path];
      return secret === undefined ? readFileBounded(path, limit) : new TextEncoder().encode(secret);
    },
  };
}

describe('the examples', () => {
  const validate = new Ajv({ allErrors: true }).compile(configJsonSchema());

  it.each(EVERY_FILE)('%s fits the JSON Schema, by a validator that is not ours', (file) => {
    const value: unknown = parse(readFileSync(join(EXAMPLES, file), 'utf8'));

    validate(value);

    expect(validate.errors).toBeNull();
  });

  it.each([
    [['fairlead.yaml']],
    [['minimal.yaml']],
    [['canary-gateway.yaml']],
    [['rolling.json']],
    [['own-templates.yaml']],
    [['several-files/base.yaml', 'several-files/production.yaml']],
  ])('%j loads whole', (files) => {
    expect(loadFullConfig(inputs(files)).files).toEqual(files);
  });

  it('has the sample of the documentation load unchanged, every block on', () => {
    const { values, off } = loadFullConfig(inputs(['fairlead.yaml']));

    expect(off).toEqual([]);
    expect(Object.keys(values.notification ?? {})).toEqual([
      'firebase',
      'slack',
      'teams',
      'sms',
      'pagerduty',
    ]);
    expect(values.notification?.sms?.to_numbers.map((to) => to.reveal())).toEqual([
      '+1234567890',
      '+0987654321',
    ]);
    expect(values.notification?.slack).toMatchObject({
      channel: '#deployments',
      username: 'Deployment Bot',
    });
    expect(values.remediation).toMatchObject({
      auto_remediate: true,
      max_attempts: 3,
      cooldown_period: 300,
    });
    expect(values.roles?.ops).toEqual({
      channels: ['slack', 'teams', 'sms', 'pagerduty'],
      events: ['failure', 'rollback'],
    });
  });

  it.each([
    [['fairlead.yaml'], 'staging', { type: 'canary', namespace: 'varai-staging' }],
    [['minimal.yaml'], 'staging', { type: 'rolling', namespace: 'staging' }],
    [['canary-gateway.yaml'], 'staging', { bakeMs: 60_000, severity: 'warning' }],
    [['canary-gateway.yaml'], 'production', { cluster: 'eu-west', progressDeadlineMs: 300_000 }],
    [['rolling.json'], 'staging', { type: 'rolling', bakeMs: 0, allowManaged: false }],
    [
      ['several-files/base.yaml', 'several-files/production.yaml'],
      'production',
      { namespace: 'shop', expectedDurationMs: 3_600_000, onBusy: 'queue' },
    ],
  ])(
    '%j gives the plan for %s, with no secret on the caller’s side',
    (files, environment, expected) => {
      const config = loadCallerConfig(inputs(files, {}));

      expect(resolvePlanWithOrigins({ config, flags: { environment } }).plan).toMatchObject(
        expected,
      );
    },
  );
});

describe('the page on templates', () => {
  const page = readFileSync(join(EXAMPLES, '../docs/templates.md'), 'utf8');

  it('shows the template that the example uses', () => {
    const template = readFileSync(join(EXAMPLES, 'templates/deployment-failed.yaml'), 'utf8');
    const { values } = loadFullConfig(inputs(['own-templates.yaml']));

    expect(page).toContain(`\`\`\`yaml\n${template}\`\`\``);
    expect(values.notification?.templates?.['deployment-failed']?.teams).toEqual({
      file: join(EXAMPLES, 'templates/deployment-failed.yaml'),
      ...(parse(template) as object),
    });
  });

  it('shows a configuration that loads', () => {
    const [, block = ''] = /```yaml\n(notification:[^`]*)```/.exec(page) ?? [];

    const { values } = loadFullConfig({
      ...inputs([]),
      readFile: (path, limit) =>
        path.endsWith('fairlead.yaml')
          ? new TextEncoder().encode(block)
          : readFileBounded(path, limit),
    });

    expect(values.notification?.templates?.['deployment-failed']?.teams).toMatchObject({
      title: '{{application}} {{type}} failed',
    });
  });

  it('lists every field, and no other', () => {
    const listed = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, field]) => field);

    expect(listed).toEqual(Object.keys(TEMPLATE_FIELDS));
  });
});

describe('the page on alerts', () => {
  it('shows a file that loads', () => {
    const page = readFileSync(join(EXAMPLES, '../docs/alert-receiver.md'), 'utf8');
    const [, shown = ''] = /```yaml\n(# fairlead\.yaml[^]*?)```/.exec(page) ?? [];

    const { values, warnings } = loadFullConfig({
      ...{ files: ['fairlead.yaml'], env: { ALERT_TOKEN: 'token' }, cwd: EXAMPLES },
      readFile: () => new TextEncoder().encode(shown),
    });

    expect(warnings).toEqual([]);
    expect(values.remediation?.receiver?.rules).toHaveLength(2);
    expect(new Ajv().validate(configJsonSchema(), parse(shown))).toBe(true);
  });
});
