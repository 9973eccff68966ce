import { describe, expect, it } from '@jest/globals';
import { catchConfigError, loadText } from '../in-memory-files.ts';

const HOOK = 'https://hooks.example.com/1';
const CHANNELS = `
  slack:
    webhook_url: "${HOOK}"
    destinations:
      - { name: releases, webhook_url: "${HOOK}" }
      - { name: audit, webhook_url: "${HOOK}" }
  teams: { webhook_url: "${HOOK}" }
  pagerduty: { routing_key: 0123456789abcdef0123456789abcdef }
`;

function warningsOf(notification: string, channels?: readonly string[]): string[] {
  const roles =
    channels === undefined
      ? ''
      : `roles: { dev: { channels: ${JSON.stringify(channels)}, events: [failure] } }\n`;
  const { warnings } = loadText(`notification:${notification}${roles}`);
  return warnings.map(({ path, message }) => `${path}: ${message.split(',')[0]}`);
}

describe('a channel that is on', () => {
  it('is warned of when no role names it, by destination', () => {
    expect(warningsOf(CHANNELS, ['slack:releases'])).toEqual([
      'notification.slack: no role names slack',
      'notification.slack.destinations[1]: no role names slack:audit',
      'notification.teams: no role names teams',
      'notification.pagerduty: no role names pagerduty',
    ]);
  });

  it('is told how to be rid of it: one of several is taken out, a channel is switched off', () => {
    const roles = 'roles: { dev: { channels: ["slack:releases"], events: [failure] } }\n';
    const { warnings } = loadText(`notification:${CHANNELS}${roles}`);

    expect(warnings.map(({ path, message }) => [path, message.split(', or ')[1]])).toEqual([
      ['notification.slack', 'set enabled: false'],
      ['notification.slack.destinations[1]', 'take it out'],
      ['notification.teams', 'set enabled: false'],
      ['notification.pagerduty', 'set enabled: false'],
    ]);
  });

  it('is warned of when there are no roles', () => {
    expect(warningsOf(`\n  teams: { webhook_url: "${HOOK}" }\n`)).toEqual([
      'notification.teams: no role names teams',
    ]);
  });

  it('is not warned of when a role names it, or the fallback is it', () => {
    const named = ['slack', 'slack:releases', 'slack:audit', 'pagerduty'];

    expect(warningsOf(`${CHANNELS}  fallback: teams\n`, named)).toEqual([]);
  });

  it('is no road of Slack that has no webhook of its own', () => {
    const named = `\n  slack: { destinations: [{ name: a, webhook_url: "${HOOK}" }] }\n`;

    expect(warningsOf(named, ['slack:a'])).toEqual([]);
  });

  it('may be PagerDuty that someone else owns, or Firebase, which needs no role', () => {
    const owned =
      '\n  page_owner: none\n  pagerduty: { routing_key: 0123456789abcdef0123456789abcdef }\n';

    expect(warningsOf(owned)).toEqual([]);
  });

  it('is not warned of beside a role that does not fit', () => {
    const error = catchConfigError(() =>
      loadText(
        `notification: { teams: { webhook_url: "${HOOK}" } }\nroles: { dev: { channels: [taems], events: [failure] } }\n`,
      ),
    );

    expect(error?.problems.map(({ path }) => path)).toEqual(['roles.dev.channels[0]']);
  });
});
