import { describe, expect, it } from '@jest/globals';
import { loadText, problemsOf } from '../in-memory-files.ts';

// The rules of "how a file is read", section "Types come from the schema", each by its name.
describe('a string field', () => {
  it.each([
    '007',
    'true',
    '1.10',
    '+15550100200',
    '12345678901234567890123456789012',
    'null',
    'yes',
  ])('takes the characters of a variable as they are: %s', (value) => {
    const config = loadText('monitoring_systems:\n  datadog: { api_key: "${A}", app_key: k }\n', {
      A: value,
    });

    expect(config.values.monitoring_systems?.datadog?.api_key.reveal()).toBe(value);
  });

  it.each([
    '+15550100200',
    '12',
    '1.5',
    '1e3',
    '.5',
    '0x1F',
    '0o17',
    'true',
    'False',
    '.inf',
    '-1',
  ])('refuses the bare number or boolean %s of the file', (text) => {
    const found = problemsOf(
      `notification:\n  slack:\n    webhook_url: https://e.com\n    channel: ${text}\n`,
    );

    expect(found).toMatchObject([
      { code: 'value', line: 4, column: 14, path: 'notification.slack.channel' },
    ]);
    expect(found[0]?.message).toContain('put it in quotes');
  });

  it('keeps every digit of a number in quotes', () => {
    const config = loadText('environments:\n  s: { namespace: "0123456789" }\n');

    expect(config.values.environments?.s?.namespace).toBe('0123456789');
  });

  it('refuses a bare number as a phone number, since its + may be lost', () => {
    const found = problemsOf(
      'notification:\n  sms: { account_sid: AC00000000000000000000000000000000, auth_token: b, from_number: +15550100200, to_numbers: ["+1"] }\n',
    );

    expect(found).toMatchObject([{ path: 'notification.sms.from_number' }]);
    expect(JSON.stringify(found)).not.toContain('15550100200');
  });

  it.each(['+1234567890', '+0987654321'])('takes the phone number %s', (number) => {
    const config = loadText(
      `notification:\n  sms: { account_sid: AC00000000000000000000000000000000, auth_token: b, from_number: "+1", to_numbers: ["${number}"] }\n`,
    );

    expect(config.values.notification?.sms?.to_numbers.map((to) => to.reveal())).toEqual([number]);
  });

  it.each(['1234567890', '+12 34', '+12-34', '+', '00491234'])(
    'refuses the phone number %s',
    (number) => {
      const found = problemsOf(
        `notification:\n  sms: { account_sid: AC00000000000000000000000000000000, auth_token: b, from_number: "+1", to_numbers: ["${number}"] }\n`,
      );

      expect(found).toMatchObject([{ code: 'secret', path: 'notification.sms.to_numbers[0]' }]);
    },
  );
});

describe('a boolean field', () => {
  const remediation = (value: string): string => `remediation:\n  auto_remediate: ${value}\n`;

  it.each([
    ['true', {}, true],
    ['false', {}, false],
    ['${A}', { A: 'true' }, true],
    ['"${A}"', { A: 'false' }, false],
    ['${A:-false}', {}, false],
  ])('takes %s', (value, env, expected) => {
    expect(loadText(remediation(value), env).values.remediation?.auto_remediate).toBe(expected);
  });

  it.each([
    'yes',
    'no',
    'on',
    'off',
    '1',
    '0',
    'True',
    'FALSE',
    '"true"',
    '"false"',
    'x',
    'a ${B}',
  ])('refuses %s', (value) => {
    expect(problemsOf(remediation(value), { B: 'true' })).toMatchObject([
      {
        code: 'value',
        line: 2,
        column: 19,
        path: 'remediation.auto_remediate',
        expected: 'true or false',
      },
    ]);
  });

  it.each(['yes', '1', 'TRUE', 'true ', 'false\n'])('refuses %j from a variable', (value) => {
    expect(problemsOf(remediation('${A}'), { A: value })).toHaveLength(1);
  });

  it('never leaves a channel on because "false" is a non-empty string', () => {
    const config = loadText(
      'notification:\n  teams: { enabled: "${ON}", webhook_url: https://e.com }\n',
      {
        ON: 'false',
      },
    );

    expect(config.values.notification?.teams).toBeUndefined();
  });
});

describe('a number field', () => {
  const remediation = (value: string): string => `remediation:\n  max_attempts: ${value}\n`;

  it.each([
    ['3', {}, 3],
    ['${A}', { A: '7' }, 7],
    ['"${A:-9}"', {}, 9],
  ])('takes %s', (value, env, expected) => {
    expect(loadText(remediation(value), env).values.remediation?.max_attempts).toBe(expected);
  });

  it.each([
    '03',
    '+3',
    '3e0',
    '0x3',
    '1_0',
    '3.5',
    '-1',
    '0',
    '101',
    '"3"',
    'three',
    '.5',
    '5.',
    '99999999999999999999',
  ])('refuses %s', (value) => {
    expect(problemsOf(remediation(value))).toMatchObject([
      {
        code: 'value',
        line: 2,
        column: 17,
        path: 'remediation.max_attempts',
        expected: 'a whole number from 1 to 100',
      },
    ]);
  });

  it.each(['03', '1e1', ' 3', 'Infinity', 'NaN'])('refuses %j from a variable', (value) => {
    expect(problemsOf(remediation('${A}'), { A: value })).toHaveLength(1);
  });
});

describe('a value of another shape', () => {
  it.each([
    ['application: [a]\n', 'found a list'],
    ['application: { a: b }\n', 'found a map'],
    ['environments: x\n', 'expected a map, found a single value'],
    ['environments: []\n', 'expected a map, found a list'],
    ['canary: { steps: x }\n', 'expected a list, found a single value'],
    ['canary: { steps: { weight: 1 } }\n', 'expected a list, found a map'],
  ])('is refused: %s', (text, expected) => {
    expect(problemsOf(text)[0]?.message).toContain(expected);
  });
});
