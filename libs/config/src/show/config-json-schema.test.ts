import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { fieldsOf } from '../schema/known-keys.ts';
import { configSchema } from '../schema/config-schema.ts';
import { configJsonSchema } from './config-json-schema.ts';
import type { JsonSchema } from './editor-schema.ts';

const validate = new Ajv({ allErrors: true }).compile(configJsonSchema());

function errorsOf(text: string): string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${String(message)}`,
  );
}

describe('configJsonSchema', () => {
  it.each([
    ['an unknown block', 'aplication: shop\n', ' must NOT have additional properties'],
    [
      'an unknown key',
      'notification: { teams: { webhook_url: "https://e.com", wehbook: x } }\n',
      '/notification/teams must NOT have additional properties',
    ],
    [
      'a wrong type',
      'remediation: { max_attempts: three }\n',
      '/remediation/max_attempts must be integer',
    ],
    [
      'a rule that matches every alert',
      'remediation: { receiver: { bearer_token: x, rules: [{ match: {}, issue: pod_crash }] } }\n',
      '/remediation/receiver/rules/0/match must NOT have fewer than 1 properties',
    ],
    ['a number where text is expected', 'application: 5\n', '/application must be string'],
    [
      'a word for a boolean',
      'remediation: { auto_remediate: "yes" }\n',
      '/remediation/auto_remediate must be boolean',
    ],
    [
      'a weight above 100',
      'canary: { steps: [{ weight: 101 }] }\n',
      '/canary/steps/0/weight must be <= 100',
    ],
    ['a duration without unit', 'canary: { bake: "5" }\n', '/canary/bake must match pattern'],
    [
      'two things in one step',
      'canary: { steps: [{ weight: 1, pause: 5m }] }\n',
      '/canary/steps/0 must NOT have more than 1 properties',
    ],
    ['a step that comes later', 'canary: { steps: [{ analysis: 5m }] }\n', 'additional properties'],
    [
      'a router without its object',
      'canary: { traffic: { router: gateway-api } }\n',
      "must have required property 'route'",
    ],
    [
      'a name that Kubernetes would refuse',
      'environments: { Prod: {} }\n',
      '/environments property name must be valid',
    ],
    [
      'a word outside the set',
      'environments: { a: { type: canry } }\n',
      'must be equal to one of the allowed values',
    ],
    [
      'a missing key',
      'components: [{ image: a }]\n',
      "/components/0 must have required property 'name'",
    ],
    [
      'a missing secret',
      'notification: { teams: {} }\n',
      "/notification/teams must have required property 'webhook_url'",
    ],
    [
      'a secret and its file',
      'notification: { teams: { webhook_url: "https://e.com", webhook_url_file: a } }\n',
      '/notification/teams must match exactly one schema',
    ],
    [
      'an unknown event kind',
      'notification: { templates: { deployment-failled: { slack: a } } }\n',
      'property name must be valid',
    ],
  ])('finds %s', (_, text, expected) => {
    expect(errorsOf(text).join('\n')).toContain(expected);
  });

  it.each([
    'remediation: { max_attempts: "${A}", auto_remediate: "${B:-false}", cooldown_period: 300 }\n',
    'environments: { a: { type: "${TYPE}", bake: "${BAKE:-5m}", namespace: "x-${NS}" } }\n',
    'notification: { teams: { webhook_url_file: /run/secrets/teams } }\n',
    'notification: { teams: { enabled: false } }\n',
    'notification: { sms: { account_sid: AC00000000000000000000000000000000, auth_token: b, from_number: "${N}", to_numbers_file: numbers } }\n',
  ])('accepts variables, secret files and blocks that are off: %s', (text) => {
    expect(errorsOf(text)).toEqual([]);
  });

  it('describes every block and field', () => {
    const bare = withoutDescription(configJsonSchema(), '');

    expect(bare).toEqual([]);
  });

  it('marks secrets as write-only, and shows no example of one', () => {
    const slack = at(configJsonSchema(), 'notification', 'slack');

    expect(slack.webhook_url).toMatchObject({ writeOnly: true });
    expect(slack.webhook_url_file).toMatchObject({ type: 'string' });
    expect(slack.channel).not.toHaveProperty('writeOnly');
  });

  it('has the top-level keys of the schema that reads the file', () => {
    const keys = Object.keys(configJsonSchema().properties as object);

    expect(keys).toEqual(fieldsOf(configSchema).map(([key]) => key));
  });
});

function at(schema: JsonSchema, ...path: readonly string[]): Record<string, unknown> {
  const properties = schema.properties as Record<string, JsonSchema>;
  const [step, ...rest] = path;
  return step === undefined ? properties : at(properties[step] ?? {}, ...rest);
}

function withoutDescription(schema: JsonSchema, path: string): string[] {
  const own = typeof schema.description === 'string' ? [] : [path];
  const members = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const below = members.flatMap(([key, member]) => withoutDescription(member, `${path}/${key}`));
  const items =
    schema.items === undefined ? [] : withoutDescription(schema.items as JsonSchema, `${path}/0`);
  return [...own, ...below, ...items];
}
