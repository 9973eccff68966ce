import { FIELD_PLACE, fillTemplate, TEMPLATE_TEXTS, TEXT_LIMITS } from './fill-template.ts';
import type { MessageTemplate, TemplateText } from './fill-template.ts';
import { isTemplateField, TEMPLATE_FIELDS } from './template-fields.ts';

/** What is wrong with a template, before anything was sent by it. */
export type TemplateFault =
  | { readonly at: TemplateText; readonly fault: 'unknown-field'; readonly field: string }
  /** `{{` that begins no field. */
  | { readonly at: TemplateText; readonly fault: 'open-field' }
  /** Its own words alone are cut. */
  | { readonly at: TemplateText; readonly fault: 'too-long' }
  /** A title, with what some run may bring; a text, with whatever a run brings. */
  | { readonly at: TemplateText; readonly fault: 'blank' };

/** What a reason, an actor or an error may be at worst. */
const HOSTILE_SAMPLES = [
  '',
  '\'"`\\',
  '\r\n\n\t\u2028',
  '\u0000\u0007\u001b[31m\u001b]0;x\u0007\u202e\ufeff',
  '{{error}}{{',
  '<script>alert(1)</script>&lt;<!channel>',
  '*_~[](https://example.com)',
  '😀👩‍👩‍👧‍👦',
  'x'.repeat(100_000),
] as const;
const SHORTEST_SAMPLE = 'x';

/** All that is wrong with it; empty when it may be used. */
export function checkTemplate(template: MessageTemplate): readonly TemplateFault[] {
  return TEMPLATE_TEXTS.flatMap((at) => {
    const words = template[at];
    if (words === undefined) return [];
    const faults = [...fieldFaults(at, words), ...(hasOpenField(words) ? [open(at)] : [])];
    return faults.length > 0 ? faults : textFaults(at, words);
  });
}

function fieldFaults(at: TemplateText, words: string): readonly TemplateFault[] {
  const names = [...words.matchAll(FIELD_PLACE)].map(([, inner = '']) => inner.trim());
  return [...new Set(names)]
    .filter((name) => !isTemplateField(name))
    .map((field) => ({ at, fault: 'unknown-field', field }));
}

function hasOpenField(words: string): boolean {
  return words.replace(FIELD_PLACE, '').includes('{{');
}

function open(at: TemplateText): TemplateFault {
  return { at, fault: 'open-field' };
}

function textFaults(at: TemplateText, words: string): readonly TemplateFault[] {
  const shortest = fillWith(at, words, SHORTEST_SAMPLE);
  // What is cut has its mark behind the limit.
  if (Array.from(shortest.line).length > TEXT_LIMITS[at].whole) return [{ at, fault: 'too-long' }];
  const samples = at === 'title' ? HOSTILE_SAMPLES : [SHORTEST_SAMPLE];
  const isBlank = samples.some((sample) => fillWith(at, words, sample).isBlank);
  return isBlank ? [{ at, fault: 'blank' }] : [];
}

function fillWith(at: TemplateText, words: string, sample: string) {
  const { texts, blank } = fillTemplate({ [at]: words }, (field) =>
    TEMPLATE_FIELDS[field] === 'named' ? SHORTEST_SAMPLE : sample,
  );
  return { line: texts[at] ?? '', isBlank: blank.includes(at) };
}
