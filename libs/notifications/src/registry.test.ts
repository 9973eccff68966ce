import { describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Manner } from '@fairlead/contracts';
import { aDelivery } from './fixtures.ts';
import { createDestinations } from './registry.ts';
import type { ChannelSettings, DestinationContext } from './registry.ts';
import { mannerOf } from './routing/manner.ts';
import { createSettingsActivities } from './settings-activities.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function createOne(settings: ChannelSettings, context: DestinationContext) {
  const [destination] = createDestinations(settings, context);
  return destination!;
}

describe('createDestinations', () => {
  it.each([
    [{ channel: 'inbox-mail', directory: '/nowhere' }, 'keyed'],
    [{ channel: 'inbox-chat', directory: '/nowhere' }, 'paced'],
    [{ channel: 'inbox-monitoring', directory: '/nowhere' }, 'keyed'],
    [{ channel: 'log' }, 'keyed'],
  ] satisfies [ChannelSettings, string][])('makes %j go over the %s road', (settings, road) => {
    const destination = createOne(settings, { log: silent });

    expect(destination).toMatchObject({ name: settings.channel, road, kinds: NOTIFIED_KINDS });
  });

  it('takes only the kinds that were asked for', () => {
    const settings = { channel: 'log', kinds: ['deployment-failed'] } as const;

    const destination = createOne(settings, { log: silent });

    expect(destination.kinds).toEqual(['deployment-failed']);
  });
});

describe('mannerOf', () => {
  const digestAfterMs = 60_000;
  const slack = { channel: 'slack', name: 'slack', webhookUrl: 'https://slack.test/1' } as const;
  const numbers = { fromNumber: '+15005550006', toNumbers: ['+15005550009', '+15005550199'] };
  const sms = {
    road: 'paced',
    queue: 'sms',
    atMostOnce: true,
    digestAfterMs,
    saysLater: true,
  } as const;
  const keys = { routingKey: 'k'.repeat(32) };
  const key = { projectId: 'p', credentialsFile: '/nowhere' };

  it.each([
    [{ channel: 'inbox-mail', directory: '/nowhere' }, { 'inbox-mail': { road: 'keyed' } }],
    [{ channel: 'inbox-chat', directory: '/nowhere' }, { 'inbox-chat': { road: 'paced' } }],
    [{ channel: 'log' }, { log: { road: 'keyed' } }],
    [{ ...slack, digestAfterMs }, { slack: { road: 'paced', digestAfterMs } }],
    [
      { channel: 'teams', webhookUrl: 'https://teams.test/1', digestAfterMs },
      { teams: { road: 'paced', digestAfterMs } },
    ],
    [
      { channel: 'sms', accountSid: 'AC1', authToken: 't', ...numbers, digestAfterMs },
      { 'sms:0009': sms, 'sms:0199': sms },
    ],
    [{ channel: 'pagerduty', keys }, { pagerduty: { road: 'keyed', oneByOne: true } }],
    [
      { channel: 'firebase', ...key, notificationTopics: ['all'], emailTo: ['ops@example.com'] },
      { firebase: { road: 'keyed' }, 'firebase:mail': { road: 'keyed', saysLater: true } },
    ],
  ] satisfies [ChannelSettings, Record<string, Manner>][])(
    'tells how %j takes its deliveries',
    (settings, manners) => {
      const made = createDestinations(settings, { log: silent });

      expect(Object.fromEntries(made.map((one) => [one.name, mannerOf(one)]))).toEqual(manners);
    },
  );
});

describe('log', () => {
  it('writes one line with key and link', async () => {
    const lines: unknown[] = [];
    const log = { ...silent, info: (...line: unknown[]) => void lines.push(line) };
    const destination = createOne({ channel: 'log' }, { log, linkTo: (id) => `http://ui/${id}` });

    await destination.send(aDelivery({ destination: 'log' }), new AbortController().signal);

    expect(lines).toEqual([
      [
        'notification',
        expect.objectContaining({
          deliveryKey: 'd-1/1/log',
          text: expect.stringContaining('Link: http://ui/d-1'),
        }),
      ],
    ]);
  });
});

describe('settingsSnapshot', () => {
  it('tells names, roads and kinds of what is on, and nothing else', async () => {
    const destination = createOne(
      { channel: 'inbox-chat', directory: '/secret', kinds: ['deployment-failed'] },
      { log: silent },
    );
    const activities = createSettingsActivities({
      settings: () => ({ destinations: [destination], roles: [] }),
    });

    expect(await activities.settingsSnapshot({ environment: 'staging' })).toEqual({
      routes: [{ destination: 'inbox-chat', road: 'paced', kinds: ['deployment-failed'] }],
    });
  });

  it('goes by the roles that are asked for, and never to more than all roles reach', async () => {
    const send = () => Promise.reject(new Error('not sent'));
    const kinds = ['deployment-failed'] as const;
    const channel = { road: 'keyed', kinds, send } as const;
    const activities = createSettingsActivities({
      settings: () => ({
        destinations: [
          { ...channel, name: 'slack', channel: 'slack' },
          { ...channel, name: 'teams', channel: 'teams' },
          { ...channel, name: 'firebase', channel: 'firebase', unasked: kinds },
          { ...channel, name: 'datadog', monitoring: true },
        ],
        roles: [
          { name: 'ops', channels: ['slack', 'teams'], events: ['failure'] },
          { name: 'dev', channels: ['slack', 'firebase'], events: ['canary'] },
        ],
      }),
    });
    const routed = async (roles?: readonly string[]) => {
      const asked = { environment: 'staging', ...(roles === undefined ? {} : { roles }) };
      const { routes, roles: names } = await activities.settingsSnapshot(asked);
      return { to: routes.map(({ destination }) => destination), names };
    };

    const names = ['ops', 'dev'];
    expect(await routed()).toEqual({ to: ['slack', 'teams', 'datadog'] });
    expect(await routed(['ops'])).toEqual({ to: ['slack', 'teams', 'datadog'], names });
    expect(await routed(['dev'])).toEqual({ to: ['datadog'], names });
    expect(await routed([])).toEqual({ to: ['datadog'], names });
  });

  it('tells a fallback that opens incidents of their end, although no role names it', async () => {
    const closes = ['rollback-completed', 'deployment-completed'] as const;
    const pager = { name: 'pagerduty', channel: 'pagerduty', road: 'keyed', closes } as const;
    const send = () => Promise.reject(new Error('not sent'));
    const activities = createSettingsActivities({
      settings: () => ({
        destinations: [{ ...pager, kinds: NOTIFIED_KINDS, send }],
        roles: [],
        fallback: 'pagerduty',
      }),
    });

    const { routes } = await activities.settingsSnapshot({ environment: 'staging' });

    expect(routes).toEqual([
      { destination: 'pagerduty', road: 'keyed', kinds: closes, oneByOne: true },
    ]);
  });

  it('tells how each is sent, and every number of the channel that is told in place of a dead one', async () => {
    const number = {
      channel: 'sms',
      road: 'paced',
      kinds: NOTIFIED_KINDS,
      atMostOnce: true,
    } as const;
    const pager = {
      road: 'keyed',
      kinds: NOTIFIED_KINDS,
      closes: ['deployment-completed'],
    } as const;
    const destinations = [
      { ...number, name: 'sms:1', digestAfterMs: 5 },
      { ...number, name: 'sms:2' },
      { ...pager, name: 'pagerduty' },
    ].map((one) => ({ ...one, send: () => Promise.reject(new Error('not sent')) }));
    const activities = createSettingsActivities({
      settings: () => ({ destinations, roles: [], fallback: 'sms' }),
    });

    const { routes, fallback } = await activities.settingsSnapshot({ environment: 'staging' });

    expect(routes).toEqual([
      { destination: 'pagerduty', road: 'keyed', kinds: NOTIFIED_KINDS, oneByOne: true },
    ]);
    expect(fallback).toEqual([
      {
        ...{ destination: 'sms:1', road: 'paced', kinds: NOTIFIED_KINDS },
        ...{ atMostOnce: true, digestAfterMs: 5 },
      },
      { destination: 'sms:2', road: 'paced', kinds: NOTIFIED_KINDS, atMostOnce: true },
    ]);
  });
});
