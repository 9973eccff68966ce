import { describe, expect, it } from '@jest/globals';
import { loadText, problemsOf } from '../in-memory-files.ts';

const HOOK = 'https://hooks.example.com/1';

function messages(text: string): string[] {
  return problemsOf(text).map(({ path, message }) => `${path}: ${message}`);
}

describe('channels', () => {
  it.each([
    [
      'slack without a webhook',
      '{ slack: { channel: "#a" } }',
      'slack needs webhook_url (or webhook_url_file), or destinations',
    ],
    [
      'two Slack destinations of one name',
      `{ slack: { destinations: [{ name: a, webhook_url: "${HOOK}" }, { name: a, webhook_url: "${HOOK}" }] } }`,
      'destinations[1].name: a destination of this name is there already',
    ],
    ['half a REST pair', '{ pagerduty: { api_key: k } }', 'missing: service_id'],
    [
      'a short routing key',
      '{ pagerduty: { routing_key: abc } }',
      'is not an integration key of 32 letters and digits',
    ],
    [
      'an address that is none',
      '{ pagerduty: { routing_key: 0123456789abcdef0123456789abcdef, from_email: me } }',
      'is not an e-mail address',
    ],
    [
      'an unknown template kind',
      '{ templates: { deployment-failled: { slack: a } } }',
      'did you mean deployment-failed?',
    ],
    [
      'an unknown page owner',
      '{ page_owner: me }',
      'is not one of fairlead, alertmanager, datadog, none',
    ],
    [
      'a fallback that is unknown',
      `{ slack: { webhook_url: "${HOOK}" }, fallback: "slack:x" }`,
      'notification.fallback: slack has no destination of this name',
    ],
  ])('refuse %s', (_, notification, expected) => {
    expect(messages(`notification: ${notification}\n`).join('\n')).toContain(expected);
  });

  it.each(['10', '60'])('say of the bare number %s that a duration needs its unit', (value) => {
    const text = `notification: { teams: { webhook_url: "${HOOK}", digest_after: ${value} } }\n`;

    expect(messages(text)).toEqual([
      'notification.teams.digest_after: a bare number or boolean where text is expected; write its unit behind it, such as 30s or 5m',
    ]);
  });

  it.each([
    ['notification: { fallback: "https://hooks.example.com/k3y" }\n', 'notification.fallback'],
    [
      'roles: { dev: { channels: ["https://hooks.example.com/k3y"], events: [failure] } }\n',
      'roles.dev.channels[0]',
    ],
  ])('do not repeat an address where a channel is named: %#', (text, path) => {
    const found = problemsOf(text);

    expect(found).toMatchObject([
      { path, message: expect.stringMatching(/^the value \(29 characters\) is not a channel/) },
    ]);
    expect(JSON.stringify(found)).not.toContain('k3y');
  });

  it('take their extensions, "`max_per_minute`; 0 lifts it" among them', () => {
    const { values } = loadText(
      `notification:\n  slack: { webhook_url: "${HOOK}", api_url: "http://127.0.0.1:1", max_per_minute: 0, digest_after: 5s }\n  pagerduty: { routing_key: "0123456789abcdef0123456789abcdef", from_email: a@b.c, api_url: "http://127.0.0.1:1" }\n  page_owner: fairlead\n  fallback: pagerduty\n`,
    );

    expect(values.notification).toMatchObject({
      slack: { max_per_minute: 0, digest_after: '5s' },
    });
  });

  it('"`channel` and `username`, which only legacy webhooks honour": `config validate` and `preview` say so', () => {
    const { warnings } = loadText(
      `notification: { slack: { webhook_url: "${HOOK}", channel: "#a", username: b } }\nroles: { dev: { channels: [slack], events: [failure] } }\n`,
    );

    expect(warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'notification.slack.channel: only legacy webhooks honour channel; two channels need two webhooks',
      'notification.slack.username: only legacy webhooks honour username; two channels need two webhooks',
    ]);
  });
});
