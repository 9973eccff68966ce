import { describe, expect, it } from '@jest/globals';
import { inputsFor, loadCallerText, loadText } from '../in-memory-files.ts';
import { inspectCallerConfig, inspectFullConfig } from '../load/load-config.ts';
import { resolvePlanWithOrigins } from '../plan/resolve-plan.ts';
import { describeConfig } from './describe-config.ts';

// The rule of "how a file is read": `config show` prints the origin of each value.
describe('describeConfig', () => {
  const text = `application: shop
notification:
  slack:
    webhook_url: \${SLACK_WEBHOOK_URL}
    api_url: \${PROXY}
    digest_after: \${AFTER:-30s}
  teams: { enabled: false }
`;
  const env = {
    SLACK_WEBHOOK_URL: 'https://hooks.example.com/services/T000/B0',
    PROXY: 'http://proxy.example.com',
  };

  it('prints every value with file and line, variable or default, and hides secrets', () => {
    const { text: shown } = describeConfig({ config: loadText(text, env) });

    expect(shown.split('\n')).toEqual([
      'application: "shop"  # fairlead.yaml:1',
      'notification.slack.enabled: true  # default',
      'notification.slack.webhook_url: (secret, 42 characters, from SLACK_WEBHOOK_URL)  # SLACK_WEBHOOK_URL (fairlead.yaml:4)',
      'notification.slack.api_url: (24 characters)  # PROXY (fairlead.yaml:5)',
      'notification.slack.max_per_minute: 60  # default',
      'notification.slack.digest_after: "30s"  # fairlead.yaml:6',
      'notification.teams.enabled: false  # fairlead.yaml:7',
    ]);
  });

  it('has a JSON form of the same', () => {
    const { json } = describeConfig({ config: loadText(text, env) });

    expect(json.off).toEqual(['notification.teams']);
    expect(json.values).toContainEqual({
      path: 'notification.slack.webhook_url',
      description: '(secret, 42 characters, from SLACK_WEBHOOK_URL)',
      origin: {
        kind: 'variable',
        variables: ['SLACK_WEBHOOK_URL'],
        file: 'fairlead.yaml',
        line: 4,
        column: 18,
      },
    });
    expect(JSON.stringify(json)).not.toContain('example.com');
  });

  it('prints what is empty but says something', () => {
    const config = loadText(
      'environments: { staging: {} }\ncanary: { steps: [{ approval: {} }] }\ncomponents: [{ name: a, after: [] }]\n',
    );

    const { text: shown, json } = describeConfig({ config });

    expect(shown.split('\n')).toEqual([
      'components[0].name: "a"  # fairlead.yaml:3',
      'components[0].after: []  # fairlead.yaml:3',
      'environments.staging: {}  # fairlead.yaml:1',
      'canary.steps[0].approval: {}  # fairlead.yaml:2',
    ]);
    expect(json.values.at(-1)).toMatchObject({ path: 'canary.steps[0].approval', value: {} });
  });

  it('shows what is there beside what is missing', () => {
    const { config, missing } = inspectFullConfig(
      inputsFor({ 'fairlead.yaml': text }, { env: { SLACK_WEBHOOK_URL: ' ' } }),
    );

    const { text: shown } = describeConfig({ config });

    expect(shown.split('\n')).toEqual(
      expect.arrayContaining([
        'application: "shop"  # fairlead.yaml:1',
        'notification.slack.webhook_url: (SLACK_WEBHOOK_URL is empty)  # SLACK_WEBHOOK_URL (fairlead.yaml:4)',
        'notification.slack.api_url: (PROXY is not set)  # PROXY (fairlead.yaml:5)',
      ]),
    );
    expect(missing?.problems.map(({ variable }) => variable)).toEqual([
      'SLACK_WEBHOOK_URL',
      'PROXY',
    ]);
  });

  it('shows what is there beside a secret file that is not', () => {
    const file =
      'application: shop\nnotification:\n  teams: { webhook_url_file: secrets/teams }\n' +
      '  firebase: { project_id: shop, credentials_file: key.json, email_to: [a@b.c] }\n';
    const { config, missing } = inspectFullConfig(inputsFor({ 'fairlead.yaml': file }));

    const { text: shown } = describeConfig({ config });

    expect(shown.split('\n')).toEqual(
      expect.arrayContaining([
        'application: "shop"  # fairlead.yaml:1',
        'notification.teams.webhook_url: (no such file)  # secrets/teams (fairlead.yaml:3)',
      ]),
    );
    expect(missing?.problems.map(({ path }) => path)).toEqual([
      'notification.firebase.credentials_file',
      'notification.teams.webhook_url_file',
    ]);
  });

  it('shows nothing where more is wrong than variables', () => {
    const inputs = inputsFor({ 'fairlead.yaml': 'application: ${A}\nnope: 1\n' });

    expect(() => inspectCallerConfig(inputs)).toThrow(/unknown key[^]*A is not set/);
  });

  it('has one form of durations in a plan, and no canary where the type is rolling', () => {
    const config = loadCallerText(
      'application: shop\ncomponents: [{ name: a, image: "a:1" }]\nenvironments: { dev: { bake: 600s, canary: { steps: [{ pause: 600s }] } } }\n',
    );
    const planned = (flags: { type?: 'rolling' }) =>
      describeConfig({
        config,
        plan: resolvePlanWithOrigins({ config, flags: { environment: 'dev', ...flags } }),
      }).text;

    expect(planned({})).toContain('plan.bake: "10m"');
    expect(planned({})).toContain('plan.canary.steps: "pause 10m"');
    expect(planned({ type: 'rolling' })).not.toContain('plan.canary');
  });

  it('adds the plan with its flags when one is asked about', () => {
    const config = loadCallerText('application: ${APP}\nenvironments: { dev: {} }\n', {
      APP: 'shop',
    });
    const plan = resolvePlanWithOrigins({
      config,
      flags: { environment: 'dev', components: [{ name: 'a', image: 'a:1' }] },
    });

    const { text: shown, json } = describeConfig({ config, plan });

    expect(shown).toContain('plan.components[0].image: "a:1"  # --component');
    expect(shown).toContain('plan.application: (4 characters)  # APP (fairlead.yaml:1)');
    expect(json.plan?.[0]).toEqual({
      path: 'environment',
      value: 'dev',
      origin: { kind: 'flag', flag: '--environment' },
    });
  });
});
