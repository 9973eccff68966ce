import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillTemplate } from './fill-template.ts';

describe('fillTemplate', () => {
  it('"`{{field}}` is filled in afterwards", with or without spaces; the rest is left as it is', () => {
    const template = {
      title: '{{application}} in {{ environment }}',
      text: '{a} ${B} %s }} {{error}}',
    };

    const { texts, blank } = fillTemplate(template, (field) => `<${field}>`);

    expect(texts).toEqual({
      title: '<application> in <environment>',
      text: '{a} ${B} %s }} <error>',
    });
    expect(blank).toEqual([]);
  });

  it('gives only the texts that the template has', () => {
    expect(fillTemplate({ text: 'a' }, () => 'x').texts).toEqual({ text: 'a' });
  });

  it('fills in nothing for what a run does not have', () => {
    expect(fillTemplate({ text: 'why: {{reason}}.' }, () => undefined).texts.text).toBe('why: .');
  });

  it.each(['{{error}}', '$&', '$1', "$'", '{{', '"', "'"])(
    'takes the value %s as text',
    (value) => {
      expect(fillTemplate({ text: 'a {{reason}} b' }, () => value).texts.text).toBe(`a ${value} b`);
    },
  );

  it('lets no value eat the words that follow it', () => {
    const { texts } = fillTemplate({ text: '{{reason}}[1] failed' }, () => 'because\u001b');

    expect(texts.text).toBe('because[1] failed');
  });

  it.each([
    ['', ['title', 'text']],
    ['\u200b\u0007', ['title', 'text']],
    ['😀', []],
  ])('says what is blank when the value is %j', (value, expected) => {
    const template = { title: '[{{actor}}]:', text: '{{reason}}' };

    expect(fillTemplate(template, () => value).blank).toEqual(expected);
  });

  it('gives clean lines within their limits, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 1, max: 3_000 }),
        (part, times) => {
          const value = part.repeat(times);

          const { texts } = fillTemplate(
            { title: 'a {{actor}}', text: '{{error}} {{error}}' },
            () => value,
          );

          for (const [line, limit] of [
            [texts.title, 120],
            [texts.text, 1_000],
          ] as const) {
            expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
            expect(Array.from(line ?? '').length).toBeLessThan(limit + 40);
          }
        },
      ),
    );
  });
});
