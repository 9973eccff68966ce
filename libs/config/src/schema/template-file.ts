import type { z } from 'zod';
import { fieldMeta } from './field-meta.ts';
import { textSchema } from './fields.ts';

/** People's own texts for one kind of event on one channel. */
export interface TemplateFile {
  /** Where they stand, absolute. */
  readonly file: string;
  /** The texts, with their `{{field}}`; one of the two is there. */
  readonly title?: string;
  readonly text?: string;
}

type TemplateField = z.ZodPipe<z.ZodString, z.ZodTransform<TemplateFile, string>>;

/** The path of a template, which is read and checked at validation. */
export function templateFile(description: string): TemplateField {
  return textSchema({})
    .transform((file): TemplateFile => ({ file }))
    .describe(description)
    .register(fieldMeta, { kind: 'text', expected: 'the path of a template file', template: true });
}
