import { expect, it } from '@jest/globals';
import { loadText } from '../in-memory-files.ts';

const HOOK = 'https://hooks.example.com/1';
const SLACK = `slack: { webhook_url: "${HOOK}" }`;
const NAMED = `slack: { destinations: [{ name: a, webhook_url: "${HOOK}" }] }`;
const TEAMS = `teams: { webhook_url: "${HOOK}" }`;
const PAGERDUTY = 'pagerduty: { routing_key: 0123456789abcdef0123456789abcdef }';
const SMS = `sms: { account_sid: AC${'0'.repeat(32)}, auth_token: t, from_number: "+15005550006", to_numbers: ["+15005550199", "+15005550142"] }`;

function warningsOf(...notification: readonly string[]): string[] {
  const { warnings } = loadText(`notification: { ${notification.join(', ')} }\n`);
  return warnings
    .filter(({ path }) => path === 'notification.fallback')
    .map(({ message }) => message);
}

it.each([
  ['fallback: slack', SLACK],
  ['fallback: "slack:a"', NAMED],
  ['fallback: sms', SMS],
  ['fallback: teams', TEAMS, PAGERDUTY, 'page_owner: none'],
])('warns of a fallback that is the only destination: %s, %s', (...notification) => {
  expect(warningsOf(...notification)).toEqual([
    expect.stringMatching(/^it is the only destination/),
  ]);
});

it('warns of a fallback that gets nothing', () => {
  expect(warningsOf('fallback: pagerduty', TEAMS, PAGERDUTY, 'page_owner: none')).toEqual([
    'with page_owner none PagerDuty gets nothing; name another channel',
  ]);
});

it.each([
  ['fallback: slack', SLACK, TEAMS],
  ['fallback: "slack:a"', `slack: { webhook_url: "${HOOK}", ${NAMED.slice(9)}`],
  ['fallback: pagerduty', TEAMS, PAGERDUTY],
])('is content with another destination: %s, %s', (...notification) => {
  expect(warningsOf(...notification)).toEqual([]);
});
