import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from './check-template.ts';
import { TEMPLATE_FIELDS } from './template-fields.ts';

describe('checkTemplate', () => {
  it.each(Object.keys(TEMPLATE_FIELDS))('knows the field %s', (field) => {
    expect(checkTemplate({ title: `a {{${field}}}`, text: `{{ ${field} }}` })).toEqual([]);
  });

  it('names each unknown field once, and those of both texts', () => {
    const template = { title: '{{eror}} {{eror}} {{}}', text: '{{constructor}}' };

    expect(checkTemplate(template)).toEqual([
      { at: 'title', fault: 'unknown-field', field: 'eror' },
      { at: 'title', fault: 'unknown-field', field: '' },
      { at: 'text', fault: 'unknown-field', field: 'constructor' },
    ]);
  });

  it.each(['{{error', '{{error}', 'a {{ {{error}}', '{{er{ror}}'])(
    'refuses the open %s',
    (text) => {
      expect(checkTemplate({ text })).toEqual([{ at: 'text', fault: 'open-field' }]);
    },
  );

  it.each(['{a}', '}}', '{', '{{{error}}}', '${X}'])('takes %s, which is no field', (text) => {
    expect(checkTemplate({ text: `a ${text}` })).toEqual([]);
  });

  it.each([
    ['', 'blank'],
    ['[]: ', 'blank'],
    ['{{reason}}', 'blank'],
    ['[{{actor}}] {{error}}', 'blank'],
    ['{{environment}}', undefined],
    ['🔥 {{reason}}', undefined],
    ['x'.repeat(120), undefined],
    ['x'.repeat(121), 'too-long'],
  ])('"Checked at load with hostile samples": judges the title %j: %s', (title, fault) => {
    expect(checkTemplate({ title })).toEqual(fault === undefined ? [] : [{ at: 'title', fault }]);
  });

  it.each([
    ['', 'blank'],
    ['{{reason}}', undefined],
    ['{{reason}}'.repeat(1_001), 'too-long'],
  ])('judges the text %j: %s', (text, fault) => {
    expect(checkTemplate({ text })).toEqual(fault === undefined ? [] : [{ at: 'text', fault }]);
  });
});
