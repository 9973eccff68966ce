import { describe, expect, it } from '@jest/globals';
import { DEPLOYMENT_TYPES, DURATION_BUCKETS_SECONDS, OUTCOMES } from '@fairlead/contracts';
import type { DeploymentResult, Totals } from '@fairlead/contracts';
import fc from 'fast-check';
import { resultOf } from './testing/ledger-data.ts';
import { countDeployment, NO_TOTALS } from './totals.ts';

const results: fc.Arbitrary<DeploymentResult[]> = fc.array(
  fc
    .record({
      outcome: fc.constantFrom(...OUTCOMES),
      type: fc.constantFrom(...DEPLOYMENT_TYPES),
      // A clock may have been set back while the deployment ran, or a time may be unreadable.
      durationSeconds: fc.oneof(
        fc.integer({ min: -10, max: 10_000 }),
        fc.constantFrom(...DURATION_BUCKETS_SECONDS, Number.NaN),
      ),
      rollback: fc.constantFrom(undefined, 'succeeded' as const, 'failed' as const),
    })
    .map(({ rollback, ...over }) =>
      resultOf('any', { ...over, ...(rollback === undefined ? {} : { rollback }) }),
    ),
);

/** Every figure of the totals under its path. */
function figures(totals: Totals): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'number') found.set(path, value);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) visit(inner, `${path}/${key}`);
  };
  visit(totals, '');
  return found;
}

describe('countDeployment', () => {
  it('counts a deployment under its type and outcome, with its duration and its end', () => {
    const totals = countDeployment(NO_TOTALS, resultOf('one', { durationSeconds: 60 }));

    expect(totals).toEqual({
      deployments: {
        canary: {
          succeeded: {
            count: 1,
            durationSecondsSum: 60,
            buckets: [0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
            lastFinishedAt: '2026-01-01T00:01:00Z',
          },
        },
      },
      rollbacks: NO_TOTALS.rollbacks,
    });
  });

  it('counts nothing when the deployment was refused', () => {
    const refused = resultOf('one', { outcome: 'refused' });

    const totals = countDeployment(NO_TOTALS, refused);

    expect(totals).toEqual(NO_TOTALS);
  });

  it.each([
    { outcome: 'rolled-back', rollback: 'succeeded', expected: { succeeded: 1, failed: 0 } },
    { outcome: 'failed', rollback: 'failed', expected: { succeeded: 0, failed: 1 } },
    { outcome: 'failed', rollback: undefined, expected: { succeeded: 0, failed: 0 } },
    { outcome: 'succeeded', rollback: 'succeeded', expected: { succeeded: 1, failed: 0 } },
  ] as const)(
    '"counted in the rollbacks": $expected when a run that ended $outcome has rollback $rollback',
    ({ outcome, rollback, expected }) => {
      const result = resultOf('one', { outcome, ...(rollback === undefined ? {} : { rollback }) });

      const { rollbacks } = countDeployment(NO_TOTALS, result);

      expect(rollbacks.succeeded.count).toBe(expected.succeeded);
      expect(rollbacks.failed.count).toBe(expected.failed);
      for (const { count, lastFinishedAt } of Object.values(rollbacks)) {
        expect(lastFinishedAt).toBe(count === 0 ? undefined : result.finishedAt);
      }
    },
  );

  it.each([
    { durationSeconds: 0, buckets: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
    { durationSeconds: 15, buckets: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
    { durationSeconds: 15.001, buckets: [0, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
    { durationSeconds: 7200, buckets: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
    { durationSeconds: 7201, buckets: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
    { durationSeconds: -5, buckets: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  ])('puts $durationSeconds s into $buckets', ({ durationSeconds, buckets }) => {
    const totals = countDeployment(NO_TOTALS, resultOf('one', { durationSeconds }));

    expect(totals.deployments.canary?.succeeded?.buckets).toEqual(buckets);
  });

  it('never lets a figure go down, nor disappear', () => {
    fc.assert(
      fc.property(results, (all) => {
        let before = NO_TOTALS;
        for (const result of all) {
          const now = countDeployment(before, result);

          const figuresNow = figures(now);
          for (const [path, figure] of figures(before)) {
            expect(figuresNow.get(path)).toBeGreaterThanOrEqual(figure);
          }
          before = now;
        }
      }),
    );
  });

  it('counts each deployment once: the sums are the numbers of what happened', () => {
    fc.assert(
      fc.property(results, (all) => {
        const { deployments, rollbacks } = all.reduce(countDeployment, NO_TOTALS);

        const ran = all.filter(({ outcome }) => outcome !== 'refused');
        for (const type of DEPLOYMENT_TYPES) {
          for (const outcome of ['succeeded', 'rolled-back', 'failed'] as const) {
            const same = ran.filter((one) => one.type === type && one.outcome === outcome);
            expect(deployments[type]?.[outcome]?.count ?? 0).toBe(same.length);
          }
        }
        for (const result of ['succeeded', 'failed'] as const) {
          const same = ran.filter(({ rollback }) => rollback === result);
          expect(rollbacks[result].count).toBe(same.length);
        }
      }),
    );
  });

  it('keeps the buckets cumulative and no bucket above the count', () => {
    fc.assert(
      fc.property(results, (all) => {
        const { deployments } = all.reduce(countDeployment, NO_TOTALS);

        for (const total of Object.values(deployments).flatMap((byOutcome) =>
          Object.values(byOutcome),
        )) {
          const { buckets, count } = total;
          expect(buckets).toHaveLength(DURATION_BUCKETS_SECONDS.length);
          expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
          expect(buckets.at(-1)).toBeLessThanOrEqual(count);
        }
      }),
    );
  });
});
