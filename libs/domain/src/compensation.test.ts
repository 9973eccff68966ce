import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dropComponents, openComponents, planUndo, pushCompensations } from './compensation.ts';
import {
  after,
  applyChange,
  clusterAtStart,
  componentOf,
  crash,
  listsOf,
  moments,
  realWeight,
  stableReady,
} from './testing/cluster-model.ts';
import { courses } from './testing/courses.ts';

const crashes = courses.chain((course) =>
  fc.record({
    course: fc.constant(course),
    made: fc.nat({ max: listsOf(course).flat().length }),
  }),
);

describe('planUndo, wherever the run stopped', () => {
  it.each([{ removeCanaryFirst: false }, { removeCanaryFirst: true }])(
    'leaves everything as it was, and finds its work done the second time, when $removeCanaryFirst is said of the canary first',
    (options) => {
      fc.assert(
        fc.property(crashes, ({ course, made }) => {
          const { model, stack } = crash(course, made);

          const undo = planUndo(stack, course.component, options);

          const back = after(model, undo);
          expect(back).toEqual(clusterAtStart(course.component));
          expect(after(back, undo)).toEqual(back);
        }),
      );
    },
  );

  it.each([{ removeCanaryFirst: false }, { removeCanaryFirst: true }])(
    'can itself be stopped and begun again (removeCanaryFirst: $removeCanaryFirst)',
    (options) => {
      fc.assert(
        fc.property(crashes, fc.nat({ max: 6 }), ({ course, made }, stopped) => {
          const { model, stack } = crash(course, made);
          const undo = planUndo(stack, course.component, options);

          const interrupted = after(model, undo.slice(0, stopped));

          expect(after(interrupted, undo)).toEqual(clusterAtStart(course.component));
        }),
      );
    },
  );

  it('gives no side traffic without ready pods when the canary is healthy', () => {
    fc.assert(
      fc.property(crashes, fc.boolean(), ({ course, made }, removeCanaryFirst) => {
        const { model, stack } = crash(course, made);

        const seen = moments(model, planUndo(stack, course.component, { removeCanaryFirst }));

        for (const now of seen) {
          const weight = realWeight(now) ?? Number.NaN;
          if (weight > 0) expect(now.canary?.ready).toBeGreaterThanOrEqual(1);
          expect(stableReady(now)).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it('has the stable at full size and ready before a healthy canary loses its share', () => {
    fc.assert(
      fc.property(crashes, ({ course, made }) => {
        const { model, stack } = crash(course, made);
        let now = model;

        for (const change of planUndo(stack, course.component, { removeCanaryFirst: false })) {
          const next = applyChange(now, change);
          const takes = change.kind === 'route' || change.kind === 'remove-canary';
          const serves = (realWeight(now) ?? 0) > 0;
          if (takes && serves) {
            expect(now.ready).toEqual({ old: course.component.replicas, new: 0 });
          }
          now = next;
        }
      }),
    );
  });

  it('waits for nothing before a bad canary has lost its share', () => {
    fc.assert(
      fc.property(crashes, ({ course, made }) => {
        const { stack } = crash(course, made);

        const undo = planUndo(stack, course.component, { removeCanaryFirst: true });

        const kinds = undo.map(({ kind }) => kind);
        const removed = kinds.indexOf('remove-canary');
        expect(kinds.slice(0, removed + 1)).not.toContain('await');
        if (kinds.includes('route')) expect(kinds[0]).toBe('route');
      }),
    );
  });

  it('is nothing for a component that the run did not touch', () => {
    const { stack } = crash(
      { component: componentOf(4, 'replicas'), weights: [10], promoted: true },
      3,
    );
    const other = { ...componentOf(4, 'replicas'), name: 'web' };

    const undo = planUndo(stack, other, { removeCanaryFirst: false });

    expect(undo).toEqual([]);
  });

  it.each([
    ['replicas' as const, ['images', 'scale', 'await', 'remove-canary']],
    ['gateway-api' as const, ['images', 'await', 'route', 'remove-canary']],
  ])('takes a promoted stable back before its canary goes, by %s', (router, expected) => {
    const component = componentOf(4, router);
    const { stack } = crash({ component, weights: [10, 50], promoted: true }, 99);

    const undo = planUndo(stack, component, { removeCanaryFirst: false });

    expect(undo.map(({ kind }) => kind)).toEqual(expected);
  });
});

describe('pushCompensations', () => {
  it('holds one of a kind for each component however often it is pushed', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const changes = listsOf(course).flat();

        const once = pushCompensations([], changes);
        const twice = pushCompensations(once, changes);

        expect(new Set(once.map(({ kind }) => kind)).size).toBe(once.length);
        expect(twice).toEqual(once);
      }),
    );
  });

  it('keeps what is there and adds newest last when another component is changed', () => {
    const api = componentOf(4, 'replicas');
    const web = { ...componentOf(2, 'replicas'), name: 'web' };

    const stack = pushCompensations(
      pushCompensations([], [{ kind: 'images', component: api, to: 'new' }]),
      [
        { kind: 'images', component: web, to: 'new' },
        { kind: 'await', component: web, side: 'stable', replicas: 2, images: 'new' },
        { kind: 'remove-canary', component: web },
      ],
    );

    expect(stack).toEqual([
      { kind: 'images', component: api, to: 'old' },
      { kind: 'images', component: web, to: 'old' },
    ]);
  });
});

describe('openComponents and dropComponents', () => {
  it('names each component once, and forgets those that were put back', () => {
    const api = componentOf(4, 'gateway-api');
    const web = { ...componentOf(2, 'replicas'), name: 'web' };
    const stack = pushCompensations(
      [],
      [api, web].flatMap((component) =>
        listsOf({ component, weights: [10], promoted: true }).flat(),
      ),
    );

    const open = openComponents(stack);
    const left = dropComponents(stack, ['api']);

    expect(open).toEqual([api, web]);
    expect(openComponents(left)).toEqual([web]);
  });
});
