import { expect, it } from '@jest/globals';
import { equal, equalOrAbsent, notEqual, toFilter } from './matcher.ts';

it.each([
  [equal('a', 'b'), 'a="b"'],
  [notEqual('a', 'b'), 'a!="b"'],
  [equalOrAbsent('a', 'b.c-d'), String.raw`a=~"(b\\.c-d)?"`],
  [equal('a', 'q"b\\n\n'), String.raw`a="q\"b\\n\n"`],
])('writes %j as a filter', (matcher, text) => {
  expect(toFilter(matcher)).toBe(text);
});

it('matches what has no such label, and nothing longer', () => {
  const { value } = equalOrAbsent('namespace', 'shop.a');
  const anchored = new RegExp(`^(?:${value})$`);

  expect(['shop.a', '', 'shopxa', 'shop.ab'].map((text) => anchored.test(text))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
