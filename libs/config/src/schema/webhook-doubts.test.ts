import { describe, expect, it } from '@jest/globals';
import { inputsFor, loadText, problemsOf } from '../in-memory-files.ts';
import { loadFullConfig } from '../load/load-config.ts';

/** Of no other rule's. */
function doubtsOf(notification: string): string[] {
  const { warnings } = loadText(`notification: { ${notification} }\n`);
  return warnings
    .filter(({ path }) => path.endsWith('webhook_url'))
    .map(({ path, message }) => `${path}: ${message}`);
}

describe('a webhook that is a URL and cannot be the one', () => {
  it.each([
    [
      'slack: { webhook_url: "https://hooks.slack.com" }',
      /^notification\.slack\.webhook_url: the value \(23 characters\) has no path/,
    ],
    [
      'slack: { destinations: [{ name: a, webhook_url: "https://hooks.slack.com/" }] }',
      /^notification\.slack\.destinations\[0\]\.webhook_url: .* has no path/,
    ],
    [
      'slack: { webhook_url: "http://hooks.slack.com/services/T0/B0/k3y" }',
      /the value \(41 characters\) begins with http:\/\/, and its key/,
    ],
    [
      'teams: { webhook_url: "https://hooks.slack.com/services/T0/B0/k3y" }',
      /^notification\.teams\.webhook_url: .* is an address of Slack/,
    ],
    [
      'teams: { webhook_url: "https://shop.webhook.office.com/webhookb2/k3y" }',
      /is of an Office 365 connector/,
    ],
  ])('is warned of, and not shown: %s', (notification, expected) => {
    const doubts = doubtsOf(notification);

    expect(doubts).toEqual([expect.stringMatching(expected)]);
    expect(doubts.join('\n')).not.toMatch(/k3y/);
  });

  it('is warned of in a file too', () => {
    const text = 'notification: { teams: { webhook_url_file: hook } }\n';
    const files = { 'fairlead.yaml': text, hook: 'https://shop.webhook.office.com/k3y\n' };

    const { warnings } = loadFullConfig(inputsFor(files));

    expect(warnings).toContainEqual(
      expect.objectContaining({
        path: 'notification.teams.webhook_url_file',
        message: expect.stringMatching(/^hook \(35 characters\) is of an Office 365 connector/),
      }),
    );
  });

  it.each([
    'slack: { webhook_url: "https://hooks.slack.com/services/T0/B0/k3y" }',
    'slack: { webhook_url: "http://127.0.0.1:8080/services/T0/B0/k3y" }',
    'teams: { webhook_url: "https://prod-1.westeurope.logic.azure.com/workflows/1?sig=k3y" }',
    'teams: { webhook_url: "https://notslack.com/hook" }',
  ])('is not warned of where it can be: %s', (notification) => {
    expect(doubtsOf(notification)).toEqual([]);
  });
});

describe('an account SID', () => {
  it.each(['AC1', `SK${'0'.repeat(32)}`, `AC${'g'.repeat(32)}`, `AC${'0'.repeat(33)}`])(
    'is refused as %s',
    (sid) => {
      const [problem, ...more] = problemsOf(
        `notification: { sms: { account_sid: ${sid}, auth_token: t, from_number: "+1", to_numbers: ["+1"] } }\n`,
      );

      expect(more).toEqual([]);
      expect(problem?.message).toMatch(/^the value \(\d+ characters\) is not an account SID: AC/);
    },
  );
});

describe('where calls to Firebase go', () => {
  const credentials = 'project_id: shop, credentials_file: key.json, email_to: [a@b.c]';

  it.each([
    ['https://gateway.example.com/firebase', 'gRPC cannot carry its path'],
    ['https://gateway.example.com/?a=1', 'gRPC cannot carry its path'],
    ['https://me:k3y@gateway.example.com', 'leave user and password out'],
    ['gateway.example.com', 'it has no scheme'],
  ])('is refused as %s', (url, expected) => {
    const found = problemsOf(`notification: { firebase: { ${credentials}, api_url: "${url}" } }\n`);
    const messages = found.filter(({ path }) => path === 'notification.firebase.api_url');

    expect(messages).toEqual([
      expect.objectContaining({ message: expect.stringContaining(expected) }),
    ]);
    expect(JSON.stringify(messages)).not.toContain('k3y');
  });

  it.each(['https://gateway.example.com', 'http://127.0.0.1:8080/'])('may be %s', (url) => {
    const found = problemsOf(`notification: { firebase: { ${credentials}, api_url: "${url}" } }\n`);

    expect(found.map(({ path }) => path)).toEqual(['notification.firebase.credentials_file']);
  });
});
