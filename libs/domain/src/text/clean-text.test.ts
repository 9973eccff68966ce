import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a C1 control sequence', '\u009b31mred', 'red'],
    ['a terminal title', '\u001b]0;owned\u0007text', 'text'],
    ['a hyperlink', '\u001b]8;;http://evil\u001b\\text', 'text'],
    ['line breaks', 'one\r\ntwo\nthree\u2028four', 'one two three four'],
    ['a bell and a backspace', 'a\u0007b\u0008c', 'abc'],
    ['a bidirectional override', 'abc\u202egnp.exe', 'abcgnp.exe'],
    ['a lone surrogate', 'a\ud800b', 'ab'],
    ['spaces around', '  a  b ', 'a b'],
    ['nothing but text', 'crash loop: "exit 1" <&>', 'crash loop: "exit 1" <&>'],
  ])('leaves readable text when it holds %s', (_what, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('"Too long: cut by code points, the cut named"', () => {
    const text = '😀'.repeat(12);

    expect(cleanText(text, 10)).toBe(`${'😀'.repeat(10)}… (2 more characters)`);
  });

  it('leaves no control character, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});
