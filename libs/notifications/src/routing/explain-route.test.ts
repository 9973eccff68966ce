import { describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { NotifiedKind } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { explainRoute } from './explain-route.ts';
import type { RouteQuestion } from './explain-route.ts';
import { createDestinations } from '../registry.ts';
import { routesOf } from './routes.ts';
import type { RoleRule } from './role-rule.ts';

function aDestination(changes: Partial<Destination>): Destination {
  return {
    ...{ name: 'slack', channel: 'slack', road: 'paced', kinds: NOTIFIED_KINDS },
    send: () => Promise.reject(new Error('an explanation sends nothing')),
    ...changes,
  };
}

const slack = aDestination({});
const pager = aDestination({
  ...{ name: 'pagerduty', channel: 'pagerduty' },
  closes: ['rollback-completed', 'deployment-completed'],
});
const mail = aDestination({
  ...{ name: 'firebase:mail', channel: 'firebase', kinds: ['deployment-failed'] },
  unasked: ['deployment-failed'],
});
const { channel: _, ...log } = aDestination({ name: 'log' });
const quietHours = { from: '22:00', to: '07:00', timeZone: 'UTC', then: 'hold' } as const;
const NIGHT = new Date('2026-11-25T23:00:00Z');
const ops: RoleRule = {
  ...{ name: 'ops', channels: ['slack', 'pagerduty', 'sms'], events: ['failure', 'rollback'] },
  quietHours,
};
const dev: RoleRule = {
  ...{ name: 'dev', channels: ['slack'], events: ['failure', 'canary'], severity: 'critical' },
  environments: ['production'],
};

function explain(kind: NotifiedKind, changes: Partial<RouteQuestion> = {}) {
  const explained = explainRoute({
    ...{ kind, environment: 'production', at: NIGHT, roles: [ops, dev] },
    destinations: [slack, pager, mail, log],
    absence: (channel) => `${channel} is not configured`,
    ...changes,
  });
  return Object.fromEntries(explained.map((one) => [one.destination, one]));
}

describe('explainRoute', () => {
  it('says of each destination and role who is told of a failure, and why', () => {
    expect(explain('deployment-failed')).toEqual({
      slack: {
        ...{ destination: 'slack', verdict: 'told', why: 'for ops, dev' },
        roles: [
          {
            ...{ role: 'ops', verdict: 'told' },
            why: 'quiet until 2026-11-26T07:00:00.000Z (07:00 UTC), but critical passes',
          },
          { role: 'dev', verdict: 'told', why: 'asks for it' },
        ],
      },
      pagerduty: {
        ...{ destination: 'pagerduty', verdict: 'told', why: 'for ops' },
        roles: [
          expect.objectContaining({ role: 'ops', verdict: 'told' }),
          { role: 'dev', verdict: 'not-its-channel', why: 'is told over slack' },
        ],
      },
      'firebase:mail': {
        ...{ destination: 'firebase:mail', verdict: 'told' },
        why: 'no role names firebase: it is told of what has an e-mail template',
        roles: [
          expect.objectContaining({ role: 'ops', verdict: 'not-its-channel' }),
          expect.objectContaining({ role: 'dev', verdict: 'not-its-channel' }),
        ],
      },
      log: {
        ...{ destination: 'log', verdict: 'told', roles: [] },
        why: 'no role decides over it: it is told of everything',
      },
      sms: {
        ...{ destination: 'sms', verdict: 'not-told', why: 'sms is not configured' },
        roles: [
          { role: 'ops', verdict: 'no-destination', why: 'sms is not configured' },
          expect.objectContaining({ role: 'dev', verdict: 'not-its-channel' }),
        ],
      },
    });
  });

  it.each([
    ['hold', 'held', 'quiet until 2026-11-26T07:00:00.000Z: told then, in one digest'],
    ['drop', 'dropped', 'quiet until 2026-11-26T07:00:00.000Z: not told at all'],
  ] as const)(
    '"`notify route --at TIME` shows both": until when quiet hours that %s have it',
    (then, verdict, why) => {
      const { slack: found } = explain('rollback-initiated', {
        roles: [{ ...ops, quietHours: { ...quietHours, then } }],
      });

      expect(found).toEqual({
        ...{ destination: 'slack', verdict, until: '2026-11-26T07:00:00.000Z', why },
        roles: [
          {
            role: 'ops',
            verdict: 'quiet',
            why: `quiet until 2026-11-26T07:00:00.000Z (07:00 UTC): ${then}`,
          },
        ],
      });
    },
  );

  it('names the end of quiet hours by the role’s own clocks too', () => {
    const seoul = { ...quietHours, timeZone: 'Asia/Seoul' };

    const { slack: found } = explain('rollback-initiated', {
      ...{ roles: [{ ...ops, quietHours: seoul }], at: new Date('2026-11-25T14:30:00Z') },
    });

    expect(found?.roles[0]?.why).toBe(
      'quiet until 2026-11-25T22:00:00.000Z (07:00 Asia/Seoul): hold',
    );
  });

  it.each([
    ['deployment-failed', 'staging', 'other-environments', 'is told of production'],
    ['deployment-started', 'production', 'not-its-events', 'is told of events failure, canary'],
    [
      ...(['canary-started', 'production', 'not-severe'] as const),
      'is told from critical on, and this is info',
    ],
  ] as const)('says why a role is not told of %s in %s', (kind, environment, verdict, why) => {
    const { slack: found } = explain(kind, { environment });

    expect(found?.roles[1]).toEqual({ role: 'dev', verdict, why });
  });

  it('takes a failure for less where the environment lowers it', () => {
    const { slack: found } = explain('deployment-failed', { severityIn: () => 'warning' });

    expect(found).toMatchObject({
      verdict: 'held',
      roles: [
        { verdict: 'quiet' },
        {
          verdict: 'not-severe',
          why: 'is told from critical on, and this is warning; a failed rollback is critical and reaches it',
        },
      ],
    });
  });

  it('says what a destination cannot carry, and what no role asks for', () => {
    const roles = [{ ...ops, channels: ['firebase'] }];

    expect(explain('rollback-completed', { roles })['firebase:mail']).toMatchObject({
      ...{ verdict: 'not-told', why: 'firebase:mail carries no rollback-completed' },
      roles: [{ verdict: 'not-its-kind' }],
    });
    expect(explain('rollback-completed', { roles })['slack']).toMatchObject({
      ...{ verdict: 'not-told', why: 'no role asks for it here' },
      roles: [{ verdict: 'not-its-channel' }],
    });
  });

  it('"always passes": what closes an incident, by roles and quiet hours', () => {
    const found = explain('rollback-completed', { roles: [ops] })['pagerduty'];
    const unasked = explain('deployment-completed')['pagerduty'];

    expect(found).toMatchObject({ verdict: 'told' });
    expect(unasked).toMatchObject({
      ...{ verdict: 'told', why: 'closes what it opened: nothing holds that back' },
      roles: [{ verdict: 'not-its-events' }, { verdict: 'not-its-channel' }],
    });
  });

  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const real = [
    ...createDestinations(
      { channel: 'pagerduty', keys: { routingKey: 'k'.repeat(32) } },
      { log: silent },
    ),
    ...createDestinations(
      {
        ...{ channel: 'sms', accountSid: 'AC1', authToken: 't', fromNumber: '+15005550006' },
        toNumbers: ['+15005550199'],
      },
      { log: silent },
    ),
  ];
  const all: RoleRule = {
    ...{ name: 'all', channels: ['sms', 'pagerduty'] },
    events: ['status', 'failure', 'rollback', 'canary', 'promotion'],
  };

  it.each([
    ['pagerduty', 'canary-started', 'withheld', /^PagerDuty interrupts, and canary-started opens/],
    [
      ...(['pagerduty', 'rollback-initiated', 'withheld'] as const),
      /^covered: the deployment-failed .*; where nothing failed before: PagerDuty interrupts/,
    ],
    [
      ...(['sms:0199', 'rollback-initiated', 'covered'] as const),
      /^covered: the deployment-failed .*; where nothing failed before, it is told$/,
    ],
  ] as const)('does not say that %s is told of %s', (name, kind, verdict, why) => {
    const found = explain(kind, { destinations: real, roles: [all] })[name];

    expect(found).toMatchObject({ verdict, why: expect.stringMatching(why) });
    expect(found?.roles).toMatchObject([{ role: 'all', verdict }]);
  });

  it.each(['deployment-failed', 'rollback-completed'] as const)(
    'says that both are told of %s',
    (kind) => {
      const found = Object.values(explain(kind, { destinations: real, roles: [all] }));

      expect(found.map(({ verdict }) => verdict)).toEqual(['told', 'told']);
    },
  );

  it.each(NOTIFIED_KINDS)('agrees with the routes on %s', (kind) => {
    const destinations = [slack, pager, mail, log];
    const routes = routesOf('staging', destinations, [ops, dev]);

    const told = Object.values(explain(kind, { environment: 'staging' }))
      .filter(({ verdict }) => verdict !== 'not-told')
      .map(({ destination }) => destination);

    expect(told).toEqual(
      routes.flatMap(({ destination, kinds }) => (kinds.includes(kind) ? [destination] : [])),
    );
  });
});
