import { describe, expect, it } from '@jest/globals';
import { escapeMarkdown } from './markdown.ts';

describe('text from outside, where Markdown is read', () => {
  it.each([
    ['**bold** and `code` and ~~gone~~', '\\*\\*bold\\*\\* and \\`code\\` and \\~\\~gone\\~\\~'],
    ['[here](https://evil.example)', '\\[here](https://evil.example)'],
    ['\\[here](x)', '\\\\\\[here](x)'],
    ['<at>everyone</at> &lt;', '&lt;at&gt;everyone&lt;/at&gt; &amp;lt;'],
    ['_it_ __b__ d_1__2', '\\_it\\_ \\_\\_b\\_\\_ d_1\\_\\_2'],
    ['{{DATE(2026-01-02T03:04:05Z)}} {{{', '{\\{DATE(2026-01-02T03:04:05Z)}} {\\{\\{'],
    ['- one', '\\- one'],
    ['# one', '\\# one'],
    ['1. one', '1\\. one'],
  ])('%s stands there as it is', (text, escaped) => {
    const shown = escapeMarkdown(text);

    expect(shown).toBe(escaped);
  });

  it.each(['d-1/1/teams', 'registry.example.com/shop/api_v2:2.4.1', '{"a":1}', '12 - 3 #4'])(
    'leaves %s alone',
    (text) => {
      expect(escapeMarkdown(text)).toBe(text);
    },
  );
});
