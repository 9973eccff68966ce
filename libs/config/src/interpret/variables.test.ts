import { describe, expect, it } from '@jest/globals';
import { catchConfigError, loadText, problemsOf } from '../in-memory-files.ts';
import { interpolate } from './interpolate.ts';

function fill(text: string, env: Record<string, string | undefined> = {}): string {
  const result = interpolate(text, env);
  return result.status === 'done' ? result.text : result.status;
}

// The rules of "how a file is read", section Variables, each by its name.
describe('variables', () => {
  it.each([
    ['${A}', { A: 'x' }, 'x'],
    ['a${A}b${B}c', { A: '1', B: '2' }, 'a1b2c'],
    ['${A:-d}', {}, 'd'],
    ['${A:-d}', { A: '' }, 'd'],
    ['${A:-d}', { A: ' \t' }, 'd'],
    ['${A:-d}', { A: 'x' }, 'x'],
    ['${A:-}', {}, ''],
    ['${A:-http://e.com:1/$x}', {}, 'http://e.com:1/$x'],
  ])('fills %s', (text, env, expected) => {
    expect(fill(text, env)).toBe(expected);
  });

  it.each(['$5', '$', 'a$', '$1 $NAME', '$$'])('leaves a bare $ as it is: %s', (text) => {
    expect(fill(text, { NAME: 'x' })).toBe(text);
  });

  it.each([
    ['$${A}', '${A}'],
    ['x$${', 'x${'],
    ['$$${A}', '$${A}'],
    ['${A}$${A}', '1${A}'],
  ])('takes $${ as a literal ${ in %s', (text, expected) => {
    expect(fill(text, { A: '1' })).toBe(expected);
  });

  it.each(['${', '${A', '${}', '${A-b}', '${A:?b}', '${1A}', '${A B}', '${A:-${B}}', 'x ${a.b}'])(
    'refuses the ill-formed %s and names the escape',
    (text) => {
      const found = problemsOf(`application: "${text}"\n`, { A: 'a', B: 'b' });

      expect(found).toMatchObject([{ code: 'variable-form', line: 1, path: 'application' }]);
      expect(found[0]?.message).toContain('for a literal `${` write `$${`');
    },
  );

  it.each(['${B}', '$${B}', '$$', '${', 'a: b', '{x: y}', '# c', '- x'])(
    'never looks at what came in again: %s',
    (value) => {
      const secret = value.replaceAll(' ', '');

      const config = loadText('monitoring_systems:\n  datadog: { api_key: "${A}", app_key: k }\n', {
        A: secret,
        B: 'boom',
      });

      expect(config.values.monitoring_systems?.datadog?.api_key.reveal()).toBe(secret);
    },
  );

  it('keeps the structure whatever a value holds', () => {
    const found = problemsOf('environments: { staging: { namespace: "${A}" } }\n', {
      A: 'x }, evil: { namespace: y',
    });

    expect(found).toMatchObject([{ code: 'value', path: 'environments.staging.namespace' }]);
  });

  it('tells "is not set" from "is empty", all in one error', () => {
    const error = catchConfigError(() =>
      loadText(
        'application: ${A}\nenvironments:\n  s: { namespace: "${B}", cluster: "${C}x${D}" }\n',
        {
          B: '',
          D: ' ',
        },
      ),
    );

    expect(error?.problems.map(({ message }) => message)).toEqual([
      'A is not set',
      'C is not set',
      'D is empty',
      'B is empty',
    ]);
    expect(error?.message).toContain('variables that are not set: A, C');
    expect(error?.message).toContain('variables that are empty: D, B');
  });

  it('does not take what every object has for a variable', () => {
    expect(problemsOf('application: ${constructor}\n')).toMatchObject([
      { code: 'variable-not-set' },
    ]);
  });

  it('fills values, never keys', () => {
    expect(problemsOf('"${A}": x\n', { A: 'application' })).toMatchObject([
      { code: 'unknown-key' },
    ]);
  });
});

describe('a disabled block', () => {
  const slack = (enabled: string): string =>
    `notification:\n  slack:\n    enabled: ${enabled}\n    webhook_url: \${SLACK_WEBHOOK_URL}\n`;

  it.each([
    ['false', {}],
    ['${ON}', { ON: 'false' }],
    ['${ON:-false}', {}],
    ['false', { SLACK_WEBHOOK_URL: 'garbage' }],
  ])('needs none of its variables when enabled is %s', (enabled, env) => {
    const config = loadText(slack(enabled), env);

    expect(config.off).toEqual(['notification.slack']);
    expect(config.values.notification).toEqual({});
  });

  it('needs none of its required keys, and no secret file', () => {
    const config = loadText(
      'notification:\n  teams: { enabled: false }\n  sms: { enabled: false, auth_token_file: /none }\n',
    );

    expect(config.off).toEqual(['notification.teams', 'notification.sms']);
  });

  it('still has its unknown keys named', () => {
    expect(
      problemsOf('notification:\n  teams: { enabled: false, wehbook_url: x }\n'),
    ).toMatchObject([{ code: 'unknown-key', path: 'notification.teams.wehbook_url' }]);
  });

  it('needs them when it is on', () => {
    expect(problemsOf(slack('true'))).toMatchObject([
      { code: 'variable-not-set', variable: 'SLACK_WEBHOOK_URL' },
    ]);
  });
});
