import fc from 'fast-check';
import { componentOf } from './cluster-model.ts';
import type { Course } from './cluster-model.ts';

export const components = fc
  .tuple(
    fc.integer({ min: 1, max: 30 }),
    fc.constantFrom('replicas' as const, 'gateway-api' as const),
  )
  .map(([replicas, router]) => componentOf(replicas, router));

/** Weights go up and down as they like, and may stand twice. */
export const weightSequences = fc.array(fc.integer({ min: 0, max: 100 }), {
  minLength: 1,
  maxLength: 8,
});

export const courses: fc.Arbitrary<Course> = fc.record({
  component: components,
  weights: fc.oneof({ weight: 9, arbitrary: weightSequences }, fc.constant([])),
  promoted: fc.boolean(),
});
