import { describe, expect, it } from '@jest/globals';
import {
  componentArgument,
  countArgument,
  durationArgument,
  nameArgument,
  portArgument,
  requestIdArgument,
  timeArgument,
} from './arguments.ts';

describe('componentArgument', () => {
  it('parts at the first equals sign and keeps the order', () => {
    const components = componentArgument(
      'web=shop/web:2',
      componentArgument('api=shop/api@sha256:a=b'),
    );

    expect(components).toEqual([
      { name: 'api', image: 'shop/api@sha256:a=b' },
      { name: 'web', image: 'shop/web:2' },
    ]);
  });

  it.each(['api', '=image', 'api=', 'API=image', 'a/b=image'])('refuses %j', (value) => {
    expect(() => componentArgument(value)).toThrow();
  });

  it('refuses a component given twice', () => {
    expect(() => componentArgument('api=b', componentArgument('api=a'))).toThrow(/given twice/);
  });
});

it.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
])('reads the duration %s', (text, ms) => {
  expect(durationArgument(text)).toBe(ms);
});

it.each([
  ['duration', durationArgument, ['90', 's', '-1s', '1.5m', '1w', '']],
  ['request ID', requestIdArgument, ['', 'A', '-a', 'a_b', 'a'.repeat(64)]],
  ['name', nameArgument, ['', 'A', '-a', 'a-', "a'b", 'a/b', 'a'.repeat(64)]],
  ['count', countArgument, ['0', '-1', '1.5', '10000', 'x']],
  ['port', portArgument, ['0', '65536', '1e3', ' 80', '']],
] as const)('refuses what is no %s', (_, parse, values) => {
  for (const value of values) expect(() => parse(value)).toThrow();
});

it.each([
  [requestIdArgument, 'build-42'],
  [nameArgument, 'a'.repeat(63)],
])('takes a good one', (parse, value) => {
  expect(parse(value)).toBe(value);
});

it.each([
  ['2026-03-29T02:30:00+02:00', '2026-03-29T00:30:00.000Z'],
  ['2026-03-29T02:30Z', '2026-03-29T02:30:00.000Z'],
])('reads the time %s', (text, time) => {
  expect(timeArgument(text).toISOString()).toBe(time);
});

it.each(['2026-03-29T02:30:00', '02:30', 'now', '2026-13-01T00:00Z', '2026-02-30T00:00Z'])(
  'refuses the time %j: it is none, or its zone is missing',
  (text) => {
    expect(() => timeArgument(text)).toThrow(/with its zone/);
  },
);
