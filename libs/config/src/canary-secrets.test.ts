import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { inputsFor } from './in-memory-files.ts';
import { loadCallerConfig, loadFullConfig } from './load/load-config.ts';
import { configSchema } from './schema/config-schema.ts';
import { fieldsOf, isSecret } from './schema/known-keys.ts';
import { unwrap } from './schema/unwrap.ts';
import { describeConfig } from './show/describe-config.ts';

/** In every canary, whatever else it must look like to fit its field. */
const MARK = 'c4n4ry';
/** Of what is hexadecimal. */
const HEX_MARK = 'c0ffee01';

const SECRET_FIELDS: Readonly<Record<string, string>> = {
  'monitoring_systems.datadog.api_key': `dd-api-${MARK}`,
  'monitoring_systems.datadog.app_key': `dd-app-${MARK}`,
  'monitoring_systems.prometheus.pushgateway_password': `push-${MARK}`,
  'monitoring_systems.prometheus.alertmanager_password': `alert-${MARK}`,
  'monitoring_systems.prometheus.prometheus_password': `prom-${MARK}`,
  'monitoring_systems.prometheus.grafana_api_key': `grafana-${MARK}`,
  'monitoring_systems.cdevents.token': `bus-${MARK}`,
  'notification.slack.webhook_url': `https://hooks.example.com/${MARK}`,
  'notification.slack.destinations[].webhook_url': `https://hooks.example.com/two/${MARK}`,
  'notification.teams.webhook_url': `https://teams.example.com/${MARK}`,
  'notification.sms.account_sid': `AC${HEX_MARK.repeat(4)}`,
  'notification.sms.auth_token': `sms-${MARK}`,
  'notification.sms.from_number': '+15550100987654',
  'notification.sms.to_numbers': '+15550100987654',
  'notification.pagerduty.api_key': `pd-${MARK}`,
  'notification.pagerduty.routing_key': `${MARK}00000000000000000000000000`,
  'remediation.receiver.bearer_token': `alerts-${MARK}`,
};
/** Phone numbers are digits alone, so they carry a mark of their own. */
const MARKS = [MARK, HEX_MARK, '987654'];

/** The value at each secret field, as `write` puts it down. */
function configText(write: (path: string) => string): string {
  const w = (path: string): string => `${path.split('.').at(-1) ?? ''}: ${write(path)}`;
  return `monitoring_systems:
  datadog:
    ${w('monitoring_systems.datadog.api_key')}
    ${w('monitoring_systems.datadog.app_key')}
  prometheus:
    pushgateway_url: http://push.example.com
    pushgateway_username: me
    ${w('monitoring_systems.prometheus.pushgateway_password')}
    prometheus_url: http://prom.example.com
    prometheus_username: me
    alertmanager_url: http://alert.example.com
    alertmanager_username: me
    ${w('monitoring_systems.prometheus.alertmanager_password')}
    ${w('monitoring_systems.prometheus.prometheus_password')}
    grafana_url: http://grafana.example.com
    ${w('monitoring_systems.prometheus.grafana_api_key')}
  cdevents:
    url: http://bus.example.com
    ${w('monitoring_systems.cdevents.token')}
notification:
  slack:
    ${w('notification.slack.webhook_url')}
    destinations:
      - name: two
        ${w('notification.slack.destinations[].webhook_url')}
  teams:
    ${w('notification.teams.webhook_url')}
  sms:
    ${w('notification.sms.account_sid')}
    ${w('notification.sms.auth_token')}
    ${w('notification.sms.from_number')}
    to_numbers:
      - ${write('notification.sms.to_numbers')}
  pagerduty:
    service_id: PABC
    ${w('notification.pagerduty.api_key')}
    ${w('notification.pagerduty.routing_key')}
remediation:
  receiver:
    ${w('remediation.receiver.bearer_token')}
`;
}

function secretOf(path: string): string {
  return SECRET_FIELDS[path] ?? '';
}

function variableOf(path: string): string {
  return path.toUpperCase().replaceAll(/\W+/g, '_');
}

const ENVIRONMENT = Object.fromEntries(
  Object.entries(SECRET_FIELDS).map(([path, secret]) => [variableOf(path), secret]),
);
const FILES = Object.fromEntries(
  Object.entries(SECRET_FIELDS).map(([path, secret]) => [`secrets/${variableOf(path)}`, secret]),
);

/** All that a person, a log or a pipeline could get to see. */
function outputsOf(text: string, env: Record<string, string> = ENVIRONMENT): string {
  return [loadFullConfig, loadCallerConfig]
    .map((load) => {
      try {
        const config = load(inputsFor({ 'fairlead.yaml': text, ...FILES }, { env }));
        const { text: shown, json } = describeConfig({ config });
        return [
          shown,
          JSON.stringify(json),
          JSON.stringify(config),
          inspect(config, { depth: 20, showHidden: true }),
        ];
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return [
          String(error),
          error.stack,
          JSON.stringify(error),
          inspect(error, { depth: 20, showHidden: true }),
        ];
      }
    })
    .flat()
    .join('\n');
}

function expectNoMark(output: string): void {
  expect(MARKS.filter((mark) => output.includes(mark))).toEqual([]);
}

function secretPaths(field: z.core.$ZodType, path: string): string[] {
  const { schema } = unwrap(field);
  if (isSecret(field)) return [path];
  if (schema instanceof z.ZodArray) return secretPaths(schema.element, `${path}[]`);
  if (!(schema instanceof z.ZodObject)) return [];
  return fieldsOf(schema).flatMap(([key, member]) =>
    secretPaths(member, path === '' ? key : `${path}.${key}`),
  );
}

const quoted = (path: string): string => JSON.stringify(secretOf(path));
const whole = configText(quoted);

// F19: canary secrets in every secret field are found nowhere else.
describe('a canary in every secret field', () => {
  it('covers every secret field of the schema', () => {
    expect(Object.keys(SECRET_FIELDS).sort()).toEqual(secretPaths(configSchema, '').sort());
  });

  it('is in force when the configuration is whole', () => {
    const { values } = loadFullConfig(inputsFor({ 'fairlead.yaml': whole }));

    expect(values.notification?.teams?.webhook_url.reveal()).toContain(MARK);
  });

  it.each([
    ['literal', whole],
    ['by variable', configText((path) => `\${${variableOf(path)}}`)],
    ['by a variable’s default', configText((path) => `"\${NOT_SET:-${secretOf(path)}}"`)],
    ['with space around', configText((path) => JSON.stringify(` ${secretOf(path)}\n`))],
    ['by the caller’s eyes', `application: shop\n${whole}`],
  ])('is not shown by a configuration that loads: %s', (_, text) => {
    const output = outputsOf(text);

    expect(output).toContain('(secret, ');
    expectNoMark(output);
  });

  it('is not shown by a configuration that loads from secret files', () => {
    const text = whole.replaceAll(
      /^( +(?:- )?)(\w+): "([^"]*)"$/gm,
      (_, indent: string, key: string, value: string) => {
        const path = Object.keys(SECRET_FIELDS).find(
          (field) => field.endsWith(key) && secretOf(field) === value,
        );
        return path === undefined
          ? `${indent}${key}: ${value}`
          : `${indent}${key}_file: secrets/${variableOf(path)}`;
      },
    );
    const output = outputsOf(text);

    expect(output).toContain('from secrets/');
    expectNoMark(output);
  });

  it.each([
    ['a list in place of a text', configText((path) => `[${quoted(path)}]`)],
    ['a map in place of a text', configText((path) => `{ ${quoted(path)}: 1 }`)],
    ['a map of one empty key', configText((path) => `{ ${quoted(path)} }`)],
    ['a secret as a key below', configText((path) => `\n      ${quoted(path)}:`)],
    ['white space inside', configText((path) => JSON.stringify(`${secretOf(path)} x`))],
    ['control characters inside', configText((path) => JSON.stringify(`${secretOf(path)}\u0007x`))],
    ['a wrong form', configText((path) => JSON.stringify(`bad ${secretOf(path)}`))],
    ['a wrong scheme', whole.replaceAll('https:', 'ftp:')],
    ['a tag', configText((path) => `!!binary ${quoted(path)}`)],
    ['an alias', configText((path) => `*${secretOf(path).replaceAll(/\W/g, '')}`)],
    [
      'an anchor twice',
      configText((path) => `&${secretOf(path).replaceAll(/\W/g, '')} &b ${quoted(path)}`),
    ],
    ['an ill-formed variable', configText((path) => `"\${${secretOf(path)}"`)],
    ['a secret as the name of a variable', configText((path) => `"\${${secretOf(path)}}"`)],
    ['an unquoted variable in a map', configText((path) => `{ a: \${${secretOf(path)}} }`)],
    ['a missing closing quote', configText((path) => `"${secretOf(path)}`)],
    ['text after the closing quote', configText((path) => `${quoted(path)} ${secretOf(path)}`)],
    ['a comma in place of a line', whole.replaceAll('\n', ',\n')],
    ['a missing space after the colon', whole.replaceAll(/(\w): "/g, '$1:"')],
    ['no quotes and no space after the colon', whole.replaceAll(/(\w): "([^"]*)"/g, '$1:$2')],
    ['an equals sign for the colon', whole.replaceAll(/(\w): "/g, '$1="')],
    ['tabs as indent', whole.replaceAll('    ', '\t')],
    ['a lost indent', whole.replaceAll('    ', ' ')],
    ['an unknown escape', configText((path) => `"\\q${secretOf(path)}"`)],
    ['a reserved character first', configText((path) => `@${secretOf(path)}`)],
    ['a percent sign first', configText((path) => `%${secretOf(path)}`)],
    ['a backtick first', configText((path) => `\`${secretOf(path)}\``)],
    ['two values in one', configText((path) => `${secretOf(path)}: ${secretOf(path)}`)],
    [
      'unknown keys',
      whole.replaceAll(
        /(api_key|webhook_url|auth_token|from_number|to_numbers|password|app_key|account_sid|routing_key|bearer_token):/g,
        '$1s:',
      ),
    ],
    ['unknown blocks', whole.replaceAll(/^(\w)/gm, 'x$1')],
    ['duplicate keys', whole + whole],
    ['a second document', `${whole}---\n${whole}`],
    ['keys and values exchanged', whole.replaceAll(/(\w+): ("[^"]*")/g, '$2: $1')],
    ['the values alone', Object.values(SECRET_FIELDS).join('\n')],
    ['one value alone', secretOf('monitoring_systems.datadog.api_key')],
    [
      'a list of the values',
      Object.values(SECRET_FIELDS)
        .map((secret) => `- ${secret}\n`)
        .join(''),
    ],
    [
      'secrets as names of environments',
      Object.values(SECRET_FIELDS)
        .map((secret) => `environments: { ${JSON.stringify(secret)}: {} }\n`)
        .slice(0, 1)
        .join('')
        .replace('dd-api-', 'DD'),
    ],
    ['secrets in place of blocks', whole.replaceAll(/^ {2}(\w+):$/gm, `  $1: ${MARK}`)],
    [
      'JSON cut off',
      JSON.stringify({ notification: { teams: { webhook_url: `https://e.com/${MARK}` } } }).slice(
        0,
        -4,
      ),
    ],
    ['JSON without quotes', `{"notification": {"teams": {"webhook_url": https://e.com/${MARK}}}}`],
    ['a bare number', `notification: { sms: { from_number: 15550100987654 } }\n`],
    [
      'a switch in place of a secret',
      configText(() => 'true').replaceAll('name: two', `name: [${MARK}]`),
    ],
  ])('is not shown by a configuration that is broken: %s', (_, text) => {
    const output = outputsOf(text);

    expect(output).toContain('fairlead.yaml');
    expectNoMark(output);
  });

  it.each([
    ['malformed', (secret: string) => `bad ${secret}`],
    ['with a control character', (secret: string) => `${secret}\u0000x`],
    ['with line breaks', (secret: string) => `${secret}\n${secret}`],
    ['too long', (secret: string) => secret.repeat(1000)],
  ])('is not shown when a variable holds it %s', (_, spoil) => {
    const env = Object.fromEntries(
      Object.entries(ENVIRONMENT).map(([name, secret]) => [name, spoil(secret)]),
    );

    const output = outputsOf(
      configText((path) => `\${${variableOf(path)}}`),
      env,
    );

    expect(output).toContain('NOTIFICATION_TEAMS_WEBHOOK_URL');
    expectNoMark(output);
  });

  it('is not shown when a variable puts it where it does not belong', () => {
    const text = `application: "\${S}"
components: [{ name: "\${S}", image: "\${S}", after: ["\${S}"] }]
environments: { a: { type: "\${S}", bake: "\${S}", allow_managed: "\${S}" } }
canary: { steps: [{ weight: "\${S}" }], traffic: { router: "\${S}", route: "\${S}" } }
monitoring_systems: { prometheus: { pushgateway_url: "\${S}", grafana_url: "\${S}" } }
notification:
  page_owner: "\${S}"
  firebase: { project_id: "\${S}", credentials_file: "\${S}", email_to: ["\${S}"] }
  templates: { deployment-failed: { slack: "\${S}" } }
roles: { ops: { channels: ["\${S}"], events: ["\${S}"], quiet_hours: { from: "\${S}", to: "\${S}", time_zone: "\${S}" } } }
`;

    for (const S of [`https://hooks.example.com/${MARK}`, MARK, `x ${MARK}`]) {
      expectNoMark(outputsOf(text, { S }));
    }
  });
});
