import { describe, expect, it } from '@jest/globals';
import type { RouteSpec } from '../objects.ts';
import { canaryPercent, rulesOf, splitRules, unrepresentable, withRules } from './route-split.ts';

const split = { service: 'api', canary: 'api-canary' };

function spec(...rules: readonly (readonly [name: string, weight?: number])[][]): RouteSpec {
  return {
    rules: rules.map((backends) => ({
      backendRefs: backends.map(([name, weight]) => ({
        name,
        port: 80,
        ...(weight === undefined ? {} : { weight }),
      })),
    })),
  };
}

function weights(of: RouteSpec) {
  return (of.rules ?? []).map(({ backendRefs = [] }) =>
    backendRefs.map(({ name, weight }) => [name, weight]),
  );
}

describe('splitRules', () => {
  it('splits a backend that is alone into 100 parts', () => {
    const route = spec([['api']]);

    const shifted = withRules(route, splitRules(rulesOf(route, 'api'), split, 10));

    expect(weights(shifted)).toEqual([
      [
        ['api', 90],
        ['api-canary', 10],
      ],
    ]);
  });

  it('keeps the sum, foreign backends, the order, and rules that are not its own', () => {
    const route = spec(
      [['web', 3]],
      [
        ['legacy', 20],
        ['api', 80],
      ],
      [['api', 200]],
    );

    const shifted = withRules(route, splitRules(rulesOf(route, 'api'), split, 50));

    expect(weights(shifted)).toEqual([
      [['web', 3]],
      [
        ['legacy', 20],
        ['api', 40],
        ['api-canary', 40],
      ],
      [
        ['api', 100],
        ['api-canary', 100],
      ],
    ]);
    expect(canaryPercent(shifted, split)).toBe(50);
  });

  it("copies everything else of the stable's backend", () => {
    const filters = [{ type: 'RequestHeaderModifier' }];
    const route: RouteSpec = { rules: [{ backendRefs: [{ name: 'api', port: 80, filters }] }] };

    const [rule] = splitRules(rulesOf(route, 'api'), split, 0);

    expect(rule?.backendRefs[1]).toEqual({ name: 'api-canary', port: 80, filters, weight: 0 });
  });

  it('does not take a backend of another kind or namespace for the Service', () => {
    const backendRefs = [
      { name: 'api', kind: 'ServiceImport' },
      { name: 'api', namespace: 'other' },
    ];

    expect(rulesOf({ rules: [{ backendRefs }] }, 'api')).toEqual([]);
  });
});

describe('unrepresentable', () => {
  it.each([
    ['alone, with any weight', spec([['api', 1]]), undefined],
    [
      'a share of 100',
      spec([
        ['api', 100],
        ['web', 7],
      ]),
      undefined,
    ],
    [
      'a share of 10',
      spec([
        ['api', 10],
        ['web', 7],
      ]),
      '5 % of 10 is 0.5',
    ],
    [
      'only one rule of two',
      spec(
        [['api']],
        [
          ['api', 1],
          ['web', 1],
        ],
      ),
      'rule 1 gives api 1 of 2',
    ],
  ])('%s', (_what, route, why) => {
    const found = unrepresentable(rulesOf(route, 'api'), 'api', [5, 50, 100]);

    if (why === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(why);
  });
});
