import { cleanText } from './clean-text.ts';
import { isTemplateField } from './template-fields.ts';
import type { TemplateField } from './template-fields.ts';

/** People's own words for one kind of event on one channel. `{{field}}` stands for a fact; nothing else is read in them. */
export interface MessageTemplate {
  readonly title?: string;
  readonly text?: string;
}

export const TEMPLATE_TEXTS = ['title', 'text'] as const;
export type TemplateText = (typeof TEMPLATE_TEXTS)[number];

/**
 * Longest text, in code points, and longest value in it. A title fits Slack's header and a phone; a text fits
 * PagerDuty's summary (1,024), the shortest place that it has.
 */
export const TEXT_LIMITS = {
  title: { whole: 120, value: 60 },
  text: { whole: 1_000, value: 500 },
} as const satisfies Record<TemplateText, { readonly whole: number; readonly value: number }>;

/** `{{ error }}` is `{{error}}`. */
export const FIELD_PLACE = /\{\{([^{}]*)\}\}/gu;

/** A fact as text; undefined or empty where the run has none. */
export type ValueOf = (field: TemplateField) => string | undefined;

export interface FilledTemplate {
  /** Each is one clean line. */
  readonly texts: MessageTemplate;
  /** Those that hold nothing to read. */
  readonly blank: readonly TemplateText[];
}

/** Fills in each field once: what a value holds is text, and is never looked at again. */
export function fillTemplate(template: MessageTemplate, valueOf: ValueOf): FilledTemplate {
  const filled = TEMPLATE_TEXTS.flatMap((at) => {
    const words = template[at];
    return words === undefined ? [] : [[at, fillText(at, words, valueOf)] as const];
  });
  return {
    texts: Object.fromEntries(filled),
    blank: filled.flatMap(([at, line]) => (isBlank(line) ? [at] : [])),
  };
}

function fillText(at: TemplateText, words: string, valueOf: ValueOf): string {
  const limits = TEXT_LIMITS[at];
  const filled = words.replace(FIELD_PLACE, (_, inner: string) => {
    const name = inner.trim();
    return isTemplateField(name) ? cleanText(valueOf(name) ?? '', limits.value) : '';
  });
  return cleanText(filled, limits.whole);
}

/** Brackets and colons alone tell nobody anything. */
function isBlank(line: string): boolean {
  return !/[\p{L}\p{N}\p{S}]/u.test(line);
}
