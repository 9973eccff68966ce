import { describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import { aDelivery } from './fixtures.ts';
import { createDestinations } from './registry.ts';
import type { ChannelSettings, DestinationContext } from './registry.ts';
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
