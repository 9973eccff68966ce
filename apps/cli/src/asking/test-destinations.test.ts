import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@fairlead/config';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Destination } from '@fairlead/notifications';
import type { Routing } from './destinations.ts';
import { testDestinations } from './test-destinations.ts';

function aDestination(name: string, channel?: string): Destination {
  return {
    ...{ name, road: 'paced', kinds: NOTIFIED_KINDS },
    ...(channel === undefined ? {} : { channel }),
    send: () => Promise.reject(new Error('nothing is sent')),
  };
}

const ROUTING: Routing = {
  destinations: [
    aDestination('slack', 'slack'),
    aDestination('slack:releases', 'slack:releases'),
    aDestination('sms:0199', 'sms'),
    aDestination('sms:0142', 'sms'),
    aDestination('log'),
  ],
  roles: [
    { name: 'ops', channels: ['sms'], events: ['failure'], environments: ['production'] },
    { name: 'dev', channels: ['slack'], events: ['canary'] },
  ],
  severityIn: () => 'critical',
  absence: (channel) => `not configured: add notification.${channel}`,
  environments: undefined,
  misnamed: [],
  missing: undefined,
};

function names(wanted: Parameters<typeof testDestinations>[1], routing = ROUTING) {
  return testDestinations(routing, wanted).map(({ name }) => name);
}

describe('testDestinations', () => {
  it.each([
    ['all that is configured', {}, ['slack', 'slack:releases', 'sms:0199', 'sms:0142', 'log']],
    ['who is told of staging', { environment: 'staging' }, ['slack', 'log']],
    [
      'who is told of production',
      { environment: 'production' },
      ['slack', 'sms:0199', 'sms:0142', 'log'],
    ],
    ['a channel', { channel: ['sms'] }, ['sms:0199', 'sms:0142']],
    ['destinations', { channel: ['sms:0142', 'slack'] }, ['slack', 'sms:0142']],
    ['a sandbox’s inbox', { channel: ['inbox-mail'] }, ['inbox-mail']],
  ])('takes %s', (_what, wanted, expected) => {
    expect(names(wanted)).toEqual(expected);
  });

  it('leaves out who is routed to and sends nothing', () => {
    const mute = { ...aDestination('teams', 'teams'), withheld: () => 'it has nothing to say' };
    const roles = [{ name: 'dev', channels: ['teams'], events: ['status'] as const }];
    const routing = { ...ROUTING, destinations: [mute, aDestination('log')], roles };

    expect(names({ environment: 'staging' }, routing)).toEqual(['log']);
  });

  it('says what there is for a name that is none', () => {
    expect(() => names({ channel: ['teams'] })).toThrow(
      'There is no channel teams (not configured: add notification.teams); there are slack, slack:releases, sms, log.',
    );
  });

  it.each(['slak', 'sms:0000', 'inbox'])(
    'does not advise to configure %s, which is no channel',
    (name) => {
      expect(() => names({ channel: [name] })).toThrow(
        `There is no channel ${name}; there are slack, slack:releases, sms, log.`,
      );
    },
  );

  it('says so when nothing is left', () => {
    const routing = { ...ROUTING, destinations: [], roles: [] };

    expect(() => names({ environment: 'staging' }, routing)).toThrow('Nobody is told of staging');
  });

  it('says of whom it asks are not told there, and who is', () => {
    expect(() => names({ channel: ['sms'], environment: 'staging' })).toThrow(
      'sms is not told of staging; told are slack, log. See `fairlead notify route`.',
    );
    expect(() =>
      names({ channel: ['sms:0199', 'slack:releases'], environment: 'staging' }),
    ).toThrow('sms:0199 and slack:releases are not told of staging; told are slack, log.');
  });

  it('asks for the variables that name destinations, and no others, where these are meant', () => {
    const missing = new ConfigError(
      ['sms.auth_token', 'sms.to_numbers[0]', 'teams.webhook_url'].map((key, index) => ({
        code: 'variable-not-set',
        ...{ path: `notification.${key}`, message: `V${index} is not set`, variable: `V${index}` },
      })),
    );
    const routing = { ...ROUTING, misnamed: ['sms'], missing };

    expect(() => names({}, routing)).toThrow(/^notification\.sms\.to_numbers\[0\]: V1 is not set$/);
    expect(names({ channel: ['slack'] }, routing)).toEqual(['slack']);
  });
});
