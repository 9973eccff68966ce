import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { routedCanaryReplicas, splitReplicas } from './replica-split.ts';

const totals = fc.integer({ min: 1, max: 10_000 });
const weights = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.double({ min: 0, max: 100, noNaN: true }),
);
const anything = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 1e9, -1e9));

function realPercent(total: number, weight: number): number {
  const { canary, stable } = splitReplicas(total, weight);
  return Math.round((canary * 100) / (canary + stable));
}

describe('splitReplicas', () => {
  it.each([
    { total: 1, weight: 10, real: 50 },
    { total: 1, weight: 100, real: 50 },
    { total: 2, weight: 10, real: 50 },
    { total: 2, weight: 100, real: 67 },
    { total: 3, weight: 10, real: 33 },
    { total: 4, weight: 10, real: 25 },
    { total: 4, weight: 50, real: 50 },
    { total: 10, weight: 10, real: 10 },
    { total: 10, weight: 25, real: 30 },
    { total: 100, weight: 1, real: 1 },
    { total: 10, weight: 0, real: 0 },
  ])('really gives $real % when $weight % of $total replicas are wanted', (row) => {
    const real = realPercent(row.total, row.weight);

    expect(real).toBe(row.real);
  });

  it('never leaves a side that receives traffic without a pod', () => {
    fc.assert(
      fc.property(totals, weights, (total, weight) => {
        const { canary, stable } = splitReplicas(total, weight);

        expect(stable).toBeGreaterThanOrEqual(1);
        expect(canary >= 1).toBe(weight > 0);
      }),
    );
  });

  it('never has fewer pods than before, and at most one more', () => {
    fc.assert(
      fc.property(totals, weights, (total, weight) => {
        const { canary, stable } = splitReplicas(total, weight);

        expect(canary + stable).toBeGreaterThanOrEqual(total);
        expect(canary + stable).toBeLessThanOrEqual(total + 1);
      }),
    );
  });

  it('never takes pods from the canary when the weight goes up', () => {
    fc.assert(
      fc.property(totals, weights, weights, (total, one, other) => {
        const low = splitReplicas(total, Math.min(one, other));
        const high = splitReplicas(total, Math.max(one, other));

        expect(high.canary).toBeGreaterThanOrEqual(low.canary);
        expect(high.stable).toBeLessThanOrEqual(low.stable);
      }),
    );
  });

  it('answers whole pods within the total when asked for the absurd', () => {
    fc.assert(
      fc.property(anything, anything, (total, weight) => {
        const { canary, stable } = splitReplicas(total, weight);

        const pods = Number.isFinite(total) ? Math.max(0, Math.trunc(total)) : 0;
        for (const side of [canary, stable]) {
          expect(Number.isInteger(side)).toBe(true);
          expect(side).toBeGreaterThanOrEqual(0);
          expect(side).toBeLessThanOrEqual(pods);
        }
        expect(stable >= 1).toBe(pods >= 1);
      }),
    );
  });

  it.each([
    { weight: 101, like: 100 },
    { weight: Number.POSITIVE_INFINITY, like: 100 },
    { weight: -1, like: 0 },
    { weight: Number.NaN, like: 0 },
  ])('takes $weight % as $like %', ({ weight, like }) => {
    const split = splitReplicas(8, weight);

    expect(split).toEqual(splitReplicas(8, like));
  });

  it('makes no pods of a component that has none', () => {
    const split = splitReplicas(0, 50);

    expect(split).toEqual({ canary: 0, stable: 0 });
  });
});

describe('routedCanaryReplicas', () => {
  it.each([
    { total: 1, weight: 10, expected: 1 },
    { total: 10, weight: 10, expected: 1 },
    { total: 10, weight: 11, expected: 2 },
    { total: 10, weight: 100, expected: 10 },
    { total: 10, weight: 0, expected: 1 },
    { total: 10, weight: 500, expected: 10 },
    { total: 10, weight: -5, expected: 1 },
    { total: 10, weight: Number.NaN, expected: 1 },
  ])('is $expected when $weight % go to a copy of $total replicas', (row) => {
    const replicas = routedCanaryReplicas(row.total, row.weight);

    expect(replicas).toBe(row.expected);
  });

  it('carries its share, and is never more than the stable', () => {
    fc.assert(
      fc.property(totals, weights, (total, weight) => {
        const replicas = routedCanaryReplicas(total, weight);

        expect(replicas).toBeGreaterThanOrEqual(Math.max(1, (total * weight) / 100));
        expect(replicas).toBeLessThanOrEqual(total);
      }),
    );
  });
});
