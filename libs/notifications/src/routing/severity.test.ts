import { describe, expect, it } from '@jest/globals';
import { severityOf } from './severity.ts';

describe('Type → severity', () => {
  it.each([
    ['status', 'info'],
    ['canary', 'info'],
    ['promotion', 'info'],
    ['rollback', 'warning'],
    ['failure', 'critical'],
  ] as const)(
    '"status, canary, promotion `info`; rollback `warning`; failure `critical`": %s',
    (type, severity) => {
      expect(severityOf(type, 'production')).toBe(severity);
    },
  );

  it('"for an environment in which people may be woken": elsewhere a failure, and nothing else, is lower', () => {
    const severityIn = () => 'warning' as const;

    expect(severityOf('failure', 'staging', severityIn)).toBe('warning');
    expect(severityOf('status', 'staging', severityIn)).toBe('info');
  });
});
