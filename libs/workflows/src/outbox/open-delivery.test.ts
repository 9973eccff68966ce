import { describe, expect, it } from '@jest/globals';
import type { Route } from '@fairlead/contracts';
import { isToldBy } from './open-delivery.ts';

const route: Route = { destination: 'slack', road: 'paced', kinds: ['rollback-completed'] };
const marked = { kind: 'deployment-failed', mark: 'rollback-failed' } as const;

describe('a route', () => {
  it('tells of its kinds and of no others', () => {
    expect(isToldBy(route, { kind: 'rollback-completed' })).toBe(true);
    expect(isToldBy(route, marked)).toBe(false);
  });

  it('"once more, marked \'rollback failed\', critical": passes a route that leaves other failures out', () => {
    const lowered: Route = { ...route, failedRollbacks: true };

    expect(isToldBy(lowered, marked)).toBe(true);
    expect(isToldBy(lowered, { kind: 'deployment-failed' })).toBe(false);
  });
});
