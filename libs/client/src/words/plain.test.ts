import { expect, it } from '@jest/globals';
import { cut, plain } from './plain.ts';

it.each([
  ['a colour', '\u001b[31mred\u001b[0m', 'red'],
  ['a hyperlink', '\u001b]8;;https://x\u0007text\u001b]8;;\u0007', 'text'],
  ['a title', '\u001b]0;owned\u0007x', 'x'],
  ['line breaks', 'a\r\nb', 'a b'],
  ['a lone escape and C1 controls', 'a\u001b\u009b2Jb', 'a b'],
  ['bidirectional overrides', 'a\u202egnp.b', 'a gnp.b'],
  ['a bell and a backspace', 'a\u0007\u0008b', 'a b'],
])('takes out %s', (_, text, expected) => {
  expect(plain(text)).toBe(expected);
});

it('leaves every other script as it is', () => {
  expect(plain('배포 – développé 🚢')).toBe('배포 – développé 🚢');
});

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['🚢🚢🚢', 2, '🚢…'],
  ['abc', 1, '…'],
])('cuts %j to %d', (text, width, expected) => {
  expect(cut(text, width)).toBe(expected);
});
