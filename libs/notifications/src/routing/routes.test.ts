import { describe, expect, it } from '@jest/globals';
import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Route } from '@fairlead/contracts';
import { routesOf } from './routes.ts';
import type { RoleRule } from './role-rule.ts';

const all = NOTIFIED_KINDS;
const slack = { name: 'slack', channel: 'slack', road: 'paced', kinds: all } as const;
const releases = { ...slack, name: 'slack:releases', channel: 'slack:releases' } as const;
const sms = [1, 2].map((n) => ({ ...slack, name: `sms:${n}`, channel: 'sms' }));
const log = { name: 'log', road: 'keyed', kinds: all } as const;

/** The sample of the specification. */
const SAMPLE: readonly RoleRule[] = [
  { name: 'ops', channels: ['slack', 'sms'], events: ['failure', 'rollback'] },
  {
    name: 'dev',
    channels: ['slack'],
    events: ['status', 'failure', 'rollback', 'canary', 'promotion'],
  },
];
const ISSUES = ['remediation-proposed', 'remediation-given-up'] as const;
const FAILURES = [
  ...['deployment-failed', 'rollback-initiated', 'rollback-completed'],
  ...ISSUES,
] as const;

function kindsOf(routes: readonly Route[], destination: string) {
  const found = routes.filter((route) => route.destination === destination);
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.kinds;
}

describe('routesOf', () => {
  it('sends each kind once to a channel that several roles name', () => {
    const routes = routesOf('production', [slack, ...sms, log], SAMPLE);

    expect(kindsOf(routes, 'slack')).toEqual(all);
    expect(kindsOf(routes, 'sms:1')).toEqual(FAILURES);
    expect(kindsOf(routes, 'sms:2')).toEqual(FAILURES);
  });

  it('leaves out what no role names, and keeps what no role decides over', () => {
    const routes = routesOf('production', [releases, log], SAMPLE);

    expect(routes.map(({ destination }) => destination)).toEqual(['log']);
    expect(kindsOf(routes, 'log')).toEqual(all);
  });

  it('tells Firebase of what has an e-mail template where no role names it', () => {
    const firebase = { ...log, name: 'firebase', channel: 'firebase', unasked: FAILURES } as const;
    const elsewhere = { ...SAMPLE[0]!, channels: ['firebase'], environments: ['production'] };

    const unasked = routesOf('staging', [firebase], SAMPLE);
    const asked = routesOf('staging', [firebase], [elsewhere]);

    expect(unasked).toEqual([{ destination: 'firebase', road: 'keyed', kinds: FAILURES }]);
    expect(asked).toEqual([]);
  });

  it('"a role may name one (`slack:releases`)", which is not the channel of the same vendor', () => {
    const role = { name: 'lead', channels: ['slack:releases'], events: ['promotion'] } as const;

    const routes = routesOf('production', [slack, releases], [role]);

    expect(routes).toEqual([
      { destination: 'slack:releases', road: 'paced', kinds: ['canary-promoted'] },
    ]);
  });

  it.each([
    { environment: 'production', told: FAILURES },
    { environment: 'staging', told: undefined },
  ])('tells a role of $environment as it asked', ({ environment, told }) => {
    const role: RoleRule = {
      ...{ name: 'ops', channels: ['slack'], events: ['failure', 'rollback'] },
      environments: ['production'],
    };

    expect(kindsOf(routesOf(environment, [slack], [role]), 'slack')).toEqual(told);
  });

  it.each([
    { severity: 'info', told: all },
    { severity: 'warning', told: FAILURES },
    { severity: 'critical', told: ['deployment-failed', ...ISSUES] },
  ] as const)(
    '"status, canary, promotion `info`; rollback `warning`; failure `critical`": told from $severity on',
    ({ severity, told }) => {
      const [, dev] = SAMPLE;

      const routes = routesOf('production', [slack], [{ ...dev!, severity }]);

      expect(kindsOf(routes, 'slack')).toEqual(told);
    },
  );

  it('takes a failure for a warning where "`environments.<name>.severity: warning` lowers it"', () => {
    const [ops] = SAMPLE;
    const lowered = (environment: string) => (environment === 'staging' ? 'warning' : 'critical');
    const told = (environment: string) =>
      routesOf(environment, [slack], [{ ...ops!, severity: 'critical' }], lowered);

    expect(told('staging')).toMatchObject([{ kinds: [], failedRollbacks: true }]);
    expect(kindsOf(told('production'), 'slack')).toEqual(['deployment-failed', ...ISSUES]);
    expect(told('production')[0]).not.toHaveProperty('failedRollbacks');
  });

  it('leaves a failed rollback to roles that ask for failures of this environment', () => {
    const lowered = () => 'warning' as const;
    const [ops] = SAMPLE;
    const critical = { ...ops!, severity: 'critical' } as const;
    const rules = [
      { ...critical, events: ['rollback'] },
      { ...critical, environments: ['production'] },
    ] as const;

    for (const rule of rules) {
      expect(routesOf('staging', [slack], [rule], lowered)).toEqual([]);
    }
  });

  it.each<[string, Partial<RoleRule>]>([
    ['a filter of events', { events: ['failure'] }],
    ['a severity', { events: ['failure', 'rollback', 'status'], severity: 'critical' }],
  ])(
    '"no role, filter, severity or quiet hour holds it back": what closes an incident, by %s',
    (_, limit) => {
      const pager = {
        ...{ ...slack, name: 'pagerduty', channel: 'pagerduty' },
        closes: ['rollback-completed', 'deployment-completed'],
      } as const;
      const role: RoleRule = { name: 'ops', channels: ['pagerduty'], events: [], ...limit };

      expect(kindsOf(routesOf('production', [pager], [role]), 'pagerduty')).toEqual([
        'deployment-completed',
        'deployment-failed',
        'rollback-completed',
        ...ISSUES,
      ]);
      expect(routesOf('production', [pager], [{ ...role, channels: [] }])).toEqual([]);
    },
  );

  it('gives a channel no kind that it cannot carry', () => {
    const mail = {
      ...slack,
      name: 'mail',
      kinds: ['deployment-failed', 'canary-started'],
    } as const;

    const routes = routesOf('production', [mail], [SAMPLE[0]!]);

    expect(kindsOf(routes, 'mail')).toEqual(['deployment-failed']);
  });
});
