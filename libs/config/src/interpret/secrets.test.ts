import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { catchConfigError, inputsFor, problemsOf } from '../in-memory-files.ts';
import { loadFullConfig } from '../load/load-config.ts';

const ROLE = 'roles: { ops: { channels: [teams], events: [failure] } }\n';
const TEAMS = 'notification:\n  teams:\n    webhook_url_file: secrets/teams\n';
const URL_IN_FILE = 'https://teams.example.com/hook';

function loadTeams(
  text: string,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  return loadFullConfig(inputsFor({ 'fairlead.yaml': text, ...files }, { env }));
}

function teamsProblems(
  text: string,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  return catchConfigError(() => loadTeams(text, env, files))?.problems ?? [];
}

// The rules of "how a file is read", section Secrets, each by its name.
describe('a secret', () => {
  it('prints, serialises and inspects as its description', () => {
    const { values } = loadTeams('notification: { teams: { webhook_url: "${HOOK}" } }\n', {
      HOOK: URL_IN_FILE,
    });

    const secret = values.notification?.teams?.webhook_url;

    expect(secret?.reveal()).toBe(URL_IN_FILE);
    for (const text of [String(secret), JSON.stringify(values), inspect(values, { depth: 9 })]) {
      expect(text).toContain('(secret, 30 characters, from HOOK)');
      expect(text).not.toContain('teams.example.com');
    }
  });

  it('loses the white space around it, with a warning that names the variable', () => {
    const config = loadTeams(`notification: { teams: { webhook_url: "\${HOOK}" } }\n${ROLE}`, {
      HOOK: ` ${URL_IN_FILE}\r\n`,
    });

    expect(config.values.notification?.teams?.webhook_url.reveal()).toBe(URL_IN_FILE);
    expect(config.warnings).toMatchObject([
      { path: 'notification.teams.webhook_url', message: 'white space around HOOK was dropped' },
    ]);
  });

  it('loses the white space around it, with a warning that names the file', () => {
    const config = loadTeams(TEAMS + ROLE, {}, { 'secrets/teams': `\n ${URL_IN_FILE}\n\n` });

    expect(config.values.notification?.teams?.webhook_url.reveal()).toBe(URL_IN_FILE);
    expect(config.warnings).toMatchObject([
      {
        path: 'notification.teams.webhook_url_file',
        message: 'white space around secrets/teams was dropped',
      },
    ]);
  });

  it('may end with the line break that an editor adds', () => {
    const config = loadTeams(TEAMS + ROLE, {}, { 'secrets/teams': `${URL_IN_FILE}\n` });

    expect(config.warnings).toEqual([]);
  });

  it.each([
    'https://e.com/a b',
    'https://e.com/a\tb',
    'https://e.com/\u0000',
    'https://e.com/a\nb',
  ])('is refused with white space or a control character inside: %j', (value) => {
    const fromVariable = teamsProblems('notification: { teams: { webhook_url: "${HOOK}" } }\n', {
      HOOK: value,
    });
    const fromFile = teamsProblems(TEAMS, {}, { 'secrets/teams': value });

    for (const problems of [fromVariable, fromFile]) {
      expect(problems).toMatchObject([{ code: 'secret' }]);
      expect(problems[0]?.message).toContain('holds white space or a control character');
    }
  });

  it('may not come from both its key and its file', () => {
    const problems = teamsProblems(
      `${TEAMS}    webhook_url: ${URL_IN_FILE}\n`,
      {},
      { 'secrets/teams': URL_IN_FILE },
    );

    expect(problems).toMatchObject([
      { line: 3, column: 5, message: 'both webhook_url and webhook_url_file are given; keep one' },
    ]);
  });

  it('is missing when neither is given', () => {
    expect(problemsOf('notification: { teams: {} }\n')).toMatchObject([
      {
        code: 'missing',
        path: 'notification.teams.webhook_url',
        message: 'missing: an http or https URL or webhook_url_file',
      },
    ]);
  });

  it.each([
    [{}, 'secrets/teams: no such file', 'secret-file-absent'],
    [{ 'secrets/teams': '\n' }, 'secrets/teams (0 characters) is empty'],
    [{ 'secrets/teams': 'nonsense' }, 'secrets/teams (8 characters) is not an http or https URL'],
    [{ 'secrets/teams': 'x'.repeat(65 * 1024) }, 'secrets/teams is larger than 64 KiB'],
  ])('that its file does not give is named by the file: %#', (files, expected, code = 'secret') => {
    expect(teamsProblems(TEAMS, {}, files)).toMatchObject([
      {
        code,
        line: 3,
        column: 23,
        path: 'notification.teams.webhook_url_file',
        message: expected,
      },
    ]);
  });

  it('may come from a file that a variable names, whose path is not shown', () => {
    const text = 'notification: { teams: { webhook_url_file: "${HOOK_FILE}" } }\n';

    expect(teamsProblems(text, { HOOK_FILE: '/run/hidden' })).toMatchObject([
      { message: 'HOOK_FILE (11 characters): no such file' },
    ]);
  });

  it('is looked for beside the file that names it', () => {
    const inputs = inputsFor(
      { 'etc/fairlead.yaml': TEAMS, 'etc/secrets/teams': URL_IN_FILE },
      { named: ['etc/fairlead.yaml'] },
    );

    expect(loadFullConfig(inputs).values.notification?.teams?.webhook_url.reveal()).toBe(
      URL_IN_FILE,
    );
  });

  it('is read anew when its file changes, and stays when the new one does not fit', () => {
    const files: Record<string, string> = { 'fairlead.yaml': TEAMS, 'secrets/teams': URL_IN_FILE };
    const secret = loadFullConfig(inputsFor(files)).values.notification?.teams?.webhook_url;

    files['secrets/teams'] = 'https://rotated.example.com\n';
    const rotated = secret?.reveal();
    files['secrets/teams'] = 'half a secr';
    const broken = secret?.reveal();
    delete files['secrets/teams'];
    const gone = secret?.reveal();

    expect([rotated, broken, gone]).toEqual(Array(3).fill('https://rotated.example.com'));
  });

  it('may be a list: in its file one a line', () => {
    const text =
      'notification: { sms: { account_sid: AC00000000000000000000000000000000, auth_token: b, from_number: "+1", to_numbers_file: numbers } }\n';

    const config = loadTeams(text, {}, { numbers: '+1234567890\n\n+0987654321\n' });

    expect(config.values.notification?.sms?.to_numbers.map((to) => to.reveal())).toEqual([
      '+1234567890',
      '+0987654321',
    ]);
    expect(teamsProblems(text, {}, { numbers: '+1\n\nx\n' })).toMatchObject([
      { message: 'numbers: line 3 is not a phone number: + and digits' },
    ]);
  });

  it('is refused as a part of the address of a service, which is shown', () => {
    const problems = teamsProblems(
      'monitoring_systems: { prometheus: { pushgateway_url: "http://me:hunter2@push.example.com" } }\n',
    );

    expect(problems[0]?.message).toContain('give pushgateway_username and pushgateway_password');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});

describe('a key file', () => {
  const text = 'notification: { firebase: { project_id: shop, credentials_file: key.json } }\n';
  const key = {
    type: 'service_account',
    project_id: 'shop',
    client_email: 'a@b.c',
    private_key: '-----BEGIN PRIVATE KEY-----\nhunter2\n',
  };

  it('is parsed at validation, and its path made absolute', () => {
    const config = loadTeams(text, {}, { 'key.json': JSON.stringify(key) });

    expect(config.values.notification?.firebase?.credentials_file).toBe('/project/key.json');
  });

  it.each([
    ['absent', undefined, 'no such file'],
    ['empty', '', 'the file is empty'],
    ['no JSON', '{"private_key": hunter2}', 'holds no JSON object'],
    ['a list', '["hunter2"]', 'holds no JSON object'],
    ['incomplete', JSON.stringify({ ...key, client_email: undefined }), 'lacks client_email'],
    ['of a user', JSON.stringify({ ...key, type: 'hunter2' }), 'is of another type'],
    ['without PEM', JSON.stringify({ ...key, private_key: 'hunter2' }), 'no PEM text'],
  ])('is refused when it is %s, without a word of what is in it', (_, content, expected) => {
    const problems = teamsProblems(text, {}, content === undefined ? {} : { 'key.json': content });

    expect(problems).toMatchObject([{ path: 'notification.firebase.credentials_file' }]);
    expect(problems[0]?.message).toContain(expected);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});

it('names the secret and key files to be followed, and none of a block that is off', () => {
  const key = { type: 'service_account', project_id: 'p', client_email: 'e' };
  const config = loadTeams(
    `${TEAMS}  firebase: { project_id: p, credentials_file: key.json }
  slack: { enabled: false, webhook_url_file: secrets/slack }
`,
    {},
    {
      'secrets/teams': URL_IN_FILE,
      'key.json': JSON.stringify({ ...key, private_key: '-----BEGIN PRIVATE KEY-----' }),
    },
  );

  expect(config.files).toEqual(['fairlead.yaml']);
  expect(config.secretFiles.toSorted()).toEqual(['/project/key.json', '/project/secrets/teams']);
});
