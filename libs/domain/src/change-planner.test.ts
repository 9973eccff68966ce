import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planPromotion, planRolling, planShift } from './change-planner.ts';
import {
  after,
  clusterAtStart,
  componentOf,
  listsOf,
  moments,
  realWeight,
  stableReady,
} from './testing/cluster-model.ts';
import { components, courses, weightSequences } from './testing/courses.ts';

const STEPS = [
  { kind: 'weight', weight: 10 },
  { kind: 'pause', durationMs: 1000 },
  { kind: 'weight', weight: 50 },
] as const;

function words(changes: ReturnType<typeof planShift>): string[] {
  return changes.map((change) =>
    Object.entries(change)
      .flatMap(([key, value]) => (key === 'component' ? [] : [JSON.stringify(value)]))
      .join(' ')
      .replaceAll('"', ''),
  );
}

describe('planShift', () => {
  it.each([
    {
      when: 'up by replicas: the canary is ready before the stable shrinks',
      router: 'replicas' as const,
      shift: { from: 0, to: 10 },
      expected: ['canary 1', 'await canary 1 new', 'scale 9 [10,9,5]'],
    },
    {
      when: 'down by replicas: the stable is ready before the canary shrinks',
      router: 'replicas' as const,
      shift: { from: 50, to: 10 },
      expected: ['scale 9 [10,9,5]', 'await stable 9 old', 'canary 1'],
    },
    {
      when: 'up by route: the canary is ready before it is given traffic',
      router: 'gateway-api' as const,
      shift: { from: 10, to: 50 },
      expected: ['canary 5', 'await canary 5 new', 'route 50'],
    },
    {
      when: 'down by route: the canary shrinks when the traffic has left it',
      router: 'gateway-api' as const,
      shift: { from: 50, to: 10 },
      expected: ['route 10', 'canary 1'],
    },
  ])('goes $when', ({ router, shift, expected }) => {
    const component = componentOf(10, router);

    const changes = planShift(component, { ...shift, steps: STEPS });

    expect(words(changes)).toEqual(expected);
  });

  it.each([
    [250, 100],
    [-3, 0],
    [Number.NaN, 0],
  ])('never writes a route weight outside 0..100 when %d is asked', (to, written) => {
    const component = componentOf(4, 'gateway-api');

    const changes = planShift(component, { from: 10, to, steps: [] });

    expect(changes).toContainEqual({ kind: 'route', component, weight: written });
  });
});

describe('planPromotion and planRolling', () => {
  it.each([
    ['replicas' as const, ['images new', 'scale 4 [4,3,2]', 'await stable 4 new']],
    ['gateway-api' as const, ['images new', 'await stable 4 new', 'route 0']],
  ])('lets the stable take over before the canary goes, by %s', (router, expected) => {
    const component = componentOf(4, router);

    const changes = planPromotion(component, STEPS);

    expect(words(changes)).toEqual([...expected, 'remove-canary']);
  });

  it('judges the new pods by their full number when a component is rolled', () => {
    const changes = planRolling(componentOf(4, 'replicas'));

    expect(words(changes)).toEqual(['images new', 'await stable 4 new']);
  });
});

describe('at every moment of any course', () => {
  it('keeps the weight within 0..100 and gives no side traffic without ready pods', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const start = clusterAtStart(course.component);

        const seen = moments(start, listsOf(course).flat());

        for (const now of seen) {
          const weight = realWeight(now) ?? Number.NaN;
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(100);
          if (weight > 0) expect(now.canary?.ready).toBeGreaterThanOrEqual(1);
          if (weight < 100) expect(stableReady(now)).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it('keeps a ready pod of the old version at the stable until it runs the new one', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const start = clusterAtStart(course.component);

        const seen = moments(start, listsOf(course).flat());

        for (const now of seen) {
          const { image, ready } = now;
          expect(image === 'new' ? stableReady(now) : ready.old).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it('never has fewer ready pods than there were, by router replicas', () => {
    fc.assert(
      fc.property(courses, (course) => {
        fc.pre(course.component.traffic.router === 'replicas');
        const start = clusterAtStart(course.component);

        const seen = moments(start, listsOf(course).flat());

        for (const now of seen) {
          expect(stableReady(now) + (now.canary?.ready ?? 0)).toBeGreaterThanOrEqual(
            start.replicas,
          );
        }
      }),
    );
  });

  it('gives the canary enough ready pods for its share of the full size, by a route', () => {
    fc.assert(
      fc.property(courses, (course) => {
        fc.pre(course.component.traffic.router === 'gateway-api');
        const start = clusterAtStart(course.component);

        const seen = moments(start, listsOf(course).flat());

        for (const now of seen) {
          const share = (start.replicas * (now.routed ?? 0)) / 100;
          expect(now.canary?.ready ?? 0).toBeGreaterThanOrEqual(share);
          expect(stableReady(now)).toBe(start.replicas);
        }
      }),
    );
  });

  it('comes to the same when a list is stopped anywhere and applied again', () => {
    fc.assert(
      fc.property(courses, fc.nat({ max: 5 }), (course, stopped) => {
        let now = clusterAtStart(course.component);
        for (const list of listsOf(course)) {
          const once = after(now, list);

          const again = after(after(now, list.slice(0, stopped)), list);

          expect(again).toEqual(once);
          expect(after(once, list)).toEqual(once);
          now = once;
        }
      }),
    );
  });
});

describe('at the end of any course', () => {
  it('has the wanted weight by route, and the nearest one of whole pods by replicas', () => {
    fc.assert(
      fc.property(components, weightSequences, (component, weights) => {
        const wanted = weights.at(-1) ?? 0;

        const end = after(
          clusterAtStart(component),
          listsOf({ component, weights, promoted: false }).flat(),
        );

        const missed = Math.abs((realWeight(end) ?? Number.NaN) - wanted);
        // Up to a pod: the first one and the last one are there whatever is wanted.
        const pod = component.traffic.router === 'replicas' ? 100 / component.replicas : 0;
        expect(missed).toBeLessThanOrEqual(pod);
      }),
    );
  });

  it('has the new version at full size and no canary when it was promoted', () => {
    fc.assert(
      fc.property(components, weightSequences, (component, weights) => {
        const start = clusterAtStart(component);

        const end = after(start, listsOf({ component, weights, promoted: true }).flat());

        expect(end).toEqual({ ...start, image: 'new', ready: { old: 0, new: component.replicas } });
        expect(realWeight(end)).toBe(0);
      }),
    );
  });

  it('has the new version at full size when it was rolled', () => {
    fc.assert(
      fc.property(components, (component) => {
        const start = clusterAtStart(component);

        const end = after(start, planRolling(component));

        expect(end).toEqual({ ...start, image: 'new', ready: { old: 0, new: component.replicas } });
      }),
    );
  });
});
