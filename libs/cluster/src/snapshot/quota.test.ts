import { describe, expect, it } from '@jest/globals';
import type { PodSpec, Quota } from '../objects.ts';
import { podAmounts } from './pod-resources.ts';
import { parseQuantity } from './quantity.ts';
import { lackingRoom } from './quota.ts';

describe('parseQuantity', () => {
  it.each([
    ['250m', 0.25],
    ['2', 2],
    ['1.5', 1.5],
    ['1Gi', 2 ** 30],
    ['128M', 128e6],
    ['1e3', 1000],
    ['100n', 1e-7],
    ['', 0],
    [undefined, 0],
    [3, 3],
  ])('%j is %d', (text, expected) => {
    expect(parseQuantity(text)).toBeCloseTo(expected, 10);
  });
});

describe('podAmounts', () => {
  const container = (cpu: string, over = {}) => ({
    name: cpu,
    image: 'x',
    resources: { requests: { cpu } },
    ...over,
  });

  it.each<[string, PodSpec, number]>([
    ['containers add up', { containers: [container('1'), container('500m')] }, 1.5],
    [
      'an init container counts only where it is more',
      { containers: [container('1')], initContainers: [container('3'), container('2')] },
      3,
    ],
    [
      'a sidecar stays',
      {
        containers: [container('1')],
        initContainers: [container('1', { restartPolicy: 'Always' })],
      },
      2,
    ],
    [
      'a limit stands in for a request',
      { containers: [{ name: 'a', image: 'x', resources: { limits: { cpu: '2' } } }] },
      2,
    ],
  ])('%s', (_rule, spec, cpu) => {
    expect(podAmounts(spec)).toMatchObject({ pods: 1, 'requests.cpu': cpu, cpu });
  });
});

describe('lackingRoom', () => {
  const quota = (over: Partial<Quota> = {}): Quota => ({
    name: 'small',
    hard: { pods: '5' },
    used: { pods: '4' },
    scopes: [],
    hasScopeSelector: false,
    ...over,
  });

  it('tells free, hard and needed', () => {
    expect(lackingRoom([quota()], { pods: 2 })).toEqual([
      'quota small has 1 of 5 pods free, 2 more are needed',
    ]);
  });

  it.each([
    ['what fits exactly', quota(), { pods: 1 }],
    ['a resource that is not needed', quota({ hard: { pods: '0' }, used: {} }), { services: 1 }],
    ['a quota for other pods', quota({ scopes: ['Terminating'] }), { pods: 9 }],
    ['a quota by priority class', quota({ hasScopeSelector: true }), { pods: 9 }],
  ])('does not complain of %s', (_what, one, needed) => {
    expect(lackingRoom([one], needed)).toEqual([]);
  });
});
