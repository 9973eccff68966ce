import { describe, expect, it } from '@jest/globals';
import { enclosingPath } from './enclosing-path.ts';

describe('enclosingPath', () => {
  it.each([
    ['a: 1\nb:\n  c: HERE\n', ['b', 'c']],
    ['a:\n  b:\n    c: 1\n  d:\n    - e: 1\n    - HERE\n', ['a', 'd']],
    ['canary:\n  steps:\n    - weight: 1\n    - weight: HERE\n', ['canary', 'steps', 'weight']],
    ['{\n  "a": {\n    "b": HERE\n', ['a', 'b']],
    ['HERE\n', []],
    ['- HERE\n', []],
  ])('reads the keys off %j', (text, expected) => {
    expect(enclosingPath(text, text.indexOf('HERE'))).toEqual(expected);
  });
});
