import { describe, expect, it } from '@jest/globals';
import { quietVerdict } from './quiet-verdict.ts';
import type { QuietQuestion } from './quiet-verdict.ts';
import type { RoleRule } from './role-rule.ts';

const NIGHT = { from: '22:00', to: '07:00', timeZone: 'Asia/Seoul', then: 'hold' } as const;
/** 02:00 in Seoul. */
const AT = new Date('2026-11-25T17:00:00Z');
const MORNING = new Date('2026-11-25T22:00:00Z');
const sleeper: RoleRule = {
  ...{ name: 'dev', channels: ['slack'], events: ['status', 'failure', 'rollback'] },
  quietHours: NIGHT,
};
const { quietHours: _, ...awake } = sleeper;
const early = { ...NIGHT, to: '06:00', then: 'drop' } as const;
const lowered = () => 'warning' as const;

function verdict(changes: Partial<QuietQuestion> = {}) {
  return quietVerdict({
    ...{ kind: 'deployment-started', environment: 'staging', at: AT },
    destination: { channel: 'slack' },
    roles: [sleeper],
    ...changes,
  });
}

describe('quietVerdict', () => {
  it('holds until the end of the quiet what every role sleeps through', () => {
    expect(verdict()).toEqual({ then: 'hold', until: MORNING });
    expect(verdict({ at: MORNING })).toBeUndefined();
  });

  it('drops where that is what the role wants', () => {
    const roles = [{ ...sleeper, quietHours: { ...NIGHT, then: 'drop' } as const }];

    expect(verdict({ roles })?.then).toBe('drop');
  });

  it('holds where one of several roles does, until the earliest end of those that hold', () => {
    const roles = [sleeper, { ...sleeper, name: 'early', quietHours: early }];

    expect(verdict({ roles })).toEqual({ then: 'hold', until: new Date('2026-11-25T22:00:00Z') });
  });

  it('"Critical passes"', () => {
    expect(verdict({ kind: 'deployment-failed' })).toBeUndefined();
  });

  it('"no role, filter, severity or quiet hour holds it back": what closes an incident', () => {
    const destination = { channel: 'slack', closes: ['rollback-completed'] } as const;

    expect(verdict({ kind: 'rollback-completed', destination })).toBeUndefined();
  });

  it.each([
    ['one of its roles is awake', { roles: [sleeper, awake] }],
    [
      'the rollback failed too: "marked, critical"',
      { kind: 'deployment-failed', mark: 'rollback-failed', severityIn: lowered },
    ],
    ['no role decides over the destination', { destination: {} }],
    ['no role names it', { destination: { channel: 'firebase' } }],
  ] as const satisfies [string, Partial<QuietQuestion>][])('lets it pass when %s', (_when, now) => {
    expect(verdict(now)).toBeUndefined();
  });

  it.each([
    ['another channel', { channels: ['teams'] }],
    ['other environments', { environments: ['production'] }],
    ['other events', { events: ['failure'] }],
    ['what is more severe', { severity: 'warning' }],
  ] as const)('does not count a role that is awake for %s', (_what, changes) => {
    expect(verdict({ roles: [sleeper, { ...awake, ...changes }] })?.then).toBe('hold');
  });

  it('drops what would open an incident after its end has passed', () => {
    const destination = { channel: 'slack', closes: ['rollback-completed'] } as const;

    expect(verdict({ destination })?.then).toBe('drop');
  });

  it('holds a failure where the environment lowers it', () => {
    expect(verdict({ kind: 'deployment-failed', severityIn: lowered })?.then).toBe('hold');
  });
});
