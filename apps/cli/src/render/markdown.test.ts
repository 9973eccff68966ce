import { expect, it } from '@jest/globals';
import { escaped, fenced, markdownTable } from './markdown.ts';

it('leaves nothing in a text that makes a link, an image, HTML or a cell', () => {
  expect(escaped('![x](//evil) <img> a|b\n- @team & `c`')).toBe(
    '\\!\\[x\\]\\(//evil\\) \\<img\\> a\\|b \\- \\@team \\& \\`c\\`',
  );
});

it('fences lines whatever stands in them', () => {
  expect(fenced('one\u001b[31m\n```\ntwo\n')).toBe('````\none\n```\ntwo\n````');
});

it('makes a table', () => {
  expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});
