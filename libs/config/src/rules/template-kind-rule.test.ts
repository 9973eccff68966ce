import { expect, it } from '@jest/globals';
import { inputsFor } from '../in-memory-files.ts';
import { loadFullConfig } from '../load/load-config.ts';

const KEY = JSON.stringify({
  ...{ type: 'service_account', project_id: 'shop', client_email: 'a@b.c' },
  private_key: '-----BEGIN PRIVATE KEY-----\n',
});

function warningsOf(kind: string, channel: string, lists: string): string[] {
  const text = `notification:
  pagerduty: { routing_key: 0123456789abcdef0123456789abcdef }
  firebase: { project_id: shop, credentials_file: key.json, ${lists} }
  templates: { ${kind}: { ${channel}: own.yaml } }
`;
  const files = { 'fairlead.yaml': text, 'key.json': KEY, 'own.yaml': 'title: own\n' };
  return loadFullConfig(inputsFor(files))
    .warnings.filter(({ path }) => path.startsWith('notification.templates'))
    .map(({ path, message }) => `${path}: ${message}`);
}

it.each([
  ['canary-started', 'pagerduty', 'email_to: [a@b.c]', /pagerduty: PagerDuty is never sent canary/],
  ['rollback-initiated', 'pagerduty', 'email_to: [a@b.c]', /pagerduty: PagerDuty is never sent/],
  ['canary-promoted', 'firebase', 'email_to: [a@b.c]', /firebase: canary-promoted has no e-mail/],
])('warns of a template of %s for %s, with %s', (kind, channel, lists, expected) => {
  expect(warningsOf(kind, channel, lists)).toEqual([expect.stringMatching(expected)]);
});

it.each([
  ['deployment-failed', 'pagerduty', 'email_to: [a@b.c]'],
  ['rollback-initiated', 'firebase', 'email_to: [a@b.c]'],
  ['canary-promoted', 'firebase', 'notification_topics: [all]'],
])('is content with one of %s for %s, with %s', (kind, channel, lists) => {
  expect(warningsOf(kind, channel, lists)).toEqual([]);
});
