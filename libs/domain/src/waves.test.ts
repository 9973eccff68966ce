import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orderWaves } from './waves.ts';
import type { Ordered } from './waves.ts';

/** `web: api db` is a component `web` that comes after `api` and `db`. */
function parse(lines: readonly string[]): Ordered[] {
  return lines.map((line) => {
    const [name = '', after = ''] = line.split(':');
    return { name, after: after.split(' ').filter((one) => one !== '') };
  });
}

describe('waves', () => {
  it.each([
    { when: 'there is none', lines: [], waves: [] },
    { when: 'nothing waits', lines: ['b', 'a', 'c'], waves: [['b', 'a', 'c']] },
    { when: 'a chain waits', lines: ['c: b', 'b: a', 'a'], waves: [['a'], ['b'], ['c']] },
    {
      when: 'two ways meet again',
      lines: ['end: left right', 'right: start', 'left: start', 'start'],
      waves: [['start'], ['right', 'left'], ['end']],
    },
    {
      when: 'a name is not in the list',
      lines: ['web: api gone', 'api'],
      waves: [['api'], ['web']],
    },
    {
      when: 'a name is waited for twice',
      lines: ['web: api api', 'api'],
      waves: [['api'], ['web']],
    },
    {
      when: 'a name stands twice, and it waits for both lists',
      lines: ['web: db', 'api', 'db', 'web: api', 'db: api'],
      waves: [['api'], ['db'], ['web']],
    },
    {
      when: 'names are those of object members',
      lines: ['toString: __proto__', '__proto__'],
      waves: [['__proto__'], ['toString']],
    },
  ])('come in the order of the list when $when', ({ lines, waves }) => {
    const components = parse(lines);

    const order = orderWaves(components);

    expect(order).toEqual({ waves });
  });

  it('are a topological order of all components, each as early as it can be', () => {
    fc.assert(
      fc.property(acyclic, (components) => {
        const order = orderWaves(components);

        const waves = 'waves' in order ? order.waves : [];
        const waveOf = new Map(waves.flatMap((wave, index) => wave.map((name) => [name, index])));
        expect(waves.flat().sort()).toEqual(components.map(({ name }) => name).sort());
        for (const { name, after } of components) {
          const earliest = 1 + Math.max(-1, ...after.map((one) => waveOf.get(one) ?? -1));
          expect(waveOf.get(name)).toBe(earliest);
        }
      }),
    );
  });

  it('keep the order of the list within each wave', () => {
    fc.assert(
      fc.property(acyclic, (components) => {
        const order = orderWaves(components);

        const places = components.map(({ name }) => name);
        for (const wave of 'waves' in order ? order.waves : []) {
          const indexes = wave.map((name) => places.indexOf(name));
          expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
        }
      }),
    );
  });
});

describe('a cycle', () => {
  it.each([
    { when: 'a component waits for itself', lines: ['a: a'], cycle: ['a', 'a'] },
    { when: 'two wait for each other', lines: ['a: b', 'b: a'], cycle: ['a', 'b', 'a'] },
    {
      when: 'others only hang on it',
      lines: ['ready', 'hangs: x', 'x: y ready', 'y: z', 'z: x'],
      cycle: ['x', 'y', 'z', 'x'],
    },
  ])('is named with its members alone when $when', ({ lines, cycle }) => {
    const components = parse(lines);

    const order = orderWaves(components);

    expect(order).toEqual({ cycle });
  });

  it('is closed, and each of its members waits for the next', () => {
    fc.assert(
      fc.property(anyGraph, (components) => {
        const order = orderWaves(components);

        fc.pre('cycle' in order);
        const { cycle } = order;
        const afterOf = new Map(components.map(({ name, after }) => [name, after]));
        expect(cycle.length).toBeGreaterThan(1);
        expect(cycle.at(-1)).toBe(cycle[0]);
        expect(new Set(cycle).size).toBe(cycle.length - 1);
        for (const [index, name] of cycle.slice(0, -1).entries()) {
          expect(afterOf.get(name)).toContain(cycle[index + 1]);
        }
      }),
    );
  });
});

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Each may wait for those that stand before it in a hidden order, and for strangers; the list is shuffled. */
const acyclic: fc.Arbitrary<Ordered[]> = fc
  .tuple(
    fc.tuple(...NAMES.map((_, index) => fc.subarray([...NAMES.slice(0, index), 'stranger']))),
    fc.shuffledSubarray(NAMES),
  )
  .map(([afters, chosen]) =>
    chosen.map((name) => ({ name, after: afters[NAMES.indexOf(name)] ?? [] })),
  );

const anyGraph: fc.Arbitrary<Ordered[]> = fc
  .tuple(...NAMES.map(() => fc.subarray(NAMES)))
  .map((afters) => afters.map((after, index) => ({ name: NAMES[index] ?? '', after })));
