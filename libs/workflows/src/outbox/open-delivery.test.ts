import { describe, expect, it } from '@jest/globals';
import type { Delivery, NotifiedKind, Route } from '@fairlead/contracts';
import { isToldBy, openDelivery } from './open-delivery.ts';

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

describe('a rollback', () => {
  const deliveryOf = (kind: NotifiedKind) => ({ event: { kind } }) as Delivery;
  const open = (kind: NotifiedKind, kinds: readonly NotifiedKind[]) =>
    openDelivery({ ...route, kinds }, deliveryOf(kind), { routes: [] }).delivery.uncovered;

  it('is covered by the failure of the same moment only where that is told too', () => {
    expect(open('rollback-initiated', ['rollback-initiated'])).toBe(true);
    expect(open('rollback-initiated', ['rollback-initiated', 'deployment-failed'])).toBe(undefined);
    expect(open('rollback-completed', ['rollback-completed'])).toBe(undefined);
  });
});
