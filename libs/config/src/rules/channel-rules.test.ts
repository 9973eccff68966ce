import { expect, it } from '@jest/globals';
import { inputsFor } from '../in-memory-files.ts';
import { loadFullConfig } from '../load/load-config.ts';

const KEY = JSON.stringify({
  ...{ type: 'service_account', project_id: 'shop', client_email: 'a@b.c' },
  private_key: '-----BEGIN PRIVATE KEY-----\n',
});

it.each([
  ['', /^notification\.firebase: firebase tells nobody/],
  ['email_to: []', /^notification\.firebase: firebase tells nobody/],
])('warns of Firebase that tells nobody: %j', (lists, expected) => {
  const text = `notification: { firebase: { project_id: shop, credentials_file: key.json${lists && `, ${lists}`} } }\n`;

  const { warnings } = loadFullConfig(inputsFor({ 'fairlead.yaml': text, 'key.json': KEY }));

  expect(warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    expect.stringMatching(expected),
  ]);
});
