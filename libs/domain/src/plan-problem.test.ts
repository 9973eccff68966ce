import { describe, expect, it } from '@jest/globals';
import type { DeploymentPlan } from '@fairlead/contracts';
import fc from 'fast-check';
import { planProblem } from './plan-problem.ts';
import { inputOf } from './testing/ledger-data.ts';

const TARGET = { environment: 'production', application: 'shop' };
const PLAN: DeploymentPlan = {
  ...inputOf('mine').plan,
  components: [{ name: 'api', workload: 'api', image: 'registry.test/api:2', after: [] }],
  canary: { traffic: { router: 'replicas' }, steps: [{ kind: 'weight', weight: 10 }] },
};

describe('planProblem', () => {
  it('finds none in a plan of this target', () => {
    expect(planProblem(PLAN, TARGET)).toBeUndefined();
  });

  it.each([
    ['no plan', undefined, 'missing'],
    ['another environment', { ...PLAN, environment: 'staging' }, 'environment'],
    ['another application', { ...PLAN, application: 'other' }, 'application'],
    ['no components', { ...PLAN, components: undefined }, 'components'],
    ['a component without an image', { ...PLAN, components: [{ name: 'api' }] }, 'components'],
    ['an unknown type', { ...PLAN, type: 'magic' }, 'type'],
    ['no canary', { ...PLAN, canary: undefined }, 'canary'],
    [
      'a weight over 100',
      { ...PLAN, canary: { ...PLAN.canary, steps: [{ kind: 'weight', weight: 101 }] } },
      'steps',
    ],
    [
      'a router that is unknown',
      { ...PLAN, canary: { ...PLAN.canary, traffic: { router: 'magic' } } },
      'router',
    ],
    [
      'a router without its route',
      { ...PLAN, canary: { ...PLAN.canary, traffic: { router: 'gateway-api' } } },
      'router',
    ],
    ['a deadline that is text', { ...PLAN, progressDeadlineMs: '10m' }, 'progressDeadlineMs'],
    ['an endless bake', { ...PLAN, bakeMs: Number.POSITIVE_INFINITY }, 'bakeMs'],
    ['more than 64 KiB', { ...PLAN, namespace: 'n'.repeat(70_000) }, 'KiB'],
    ['fewer characters, but more bytes', { ...PLAN, namespace: '배'.repeat(30_000) }, 'KiB'],
  ])('names what is wrong when there is %s', (_what, plan, word) => {
    expect(planProblem(plan as unknown as DeploymentPlan, TARGET)).toContain(word);
  });

  it('throws for nothing that JSON can carry', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(planProblem(value as unknown as DeploymentPlan, TARGET)).toBeDefined();
      }),
    );
  });
});
