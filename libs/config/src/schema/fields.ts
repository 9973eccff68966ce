import { z } from 'zod';
import { DURATION_PATTERN, parseDuration } from '../duration.ts';
import { parseImageReference, unpinnedReason } from '../image-reference.ts';
import { fieldMeta, rules, sizeLimits } from './field-meta.ts';
import type { FieldMeta, Rule } from './field-meta.ts';

/** Longer texts are a mistake in every field of ours. */
const MAX_TEXT = 1000;
const CONTROL = /\p{Cc}/u;

interface TextOptions {
  readonly description: string;
  readonly expected: string;
  readonly pattern?: RegExp;
  readonly max?: number;
}

export function text({ description, ...options }: TextOptions): z.ZodString {
  return textSchema(options)
    .describe(description)
    .register(fieldMeta, { kind: 'text', expected: options.expected });
}

export function textSchema({ pattern, max = MAX_TEXT }: Partial<TextOptions>): z.ZodString {
  const schema = z.string().min(1).max(max);
  // No pattern: a negated property class means something else to editors that compile without the flag `u`.
  if (pattern === undefined) return schema.refine((value) => !CONTROL.test(value));
  return schema.regex(pattern);
}

export function choice<const C extends readonly [string, ...string[]]>(
  choices: C,
  description: string,
): z.ZodEnum<{ [K in C[number]]: K }> {
  const expected = `one of ${choices.join(', ')}`;
  return z
    .enum(choices)
    .describe(description)
    .register(fieldMeta, { kind: 'text', expected, choices });
}

export function switchField(description: string): z.ZodBoolean {
  return z.boolean().describe(description).register(fieldMeta, {
    kind: 'boolean',
    expected: 'true or false',
  });
}

interface NumberOptions {
  readonly description: string;
  readonly min: number;
  readonly max: number;
}

export function wholeNumber({ description, min, max }: NumberOptions): z.ZodInt {
  return z
    .int()
    .min(min)
    .max(max)
    .describe(description)
    .register(fieldMeta, {
      kind: 'number',
      expected: `a whole number from ${min} to ${max}`,
    });
}

interface DurationOptions {
  readonly description: string;
  /** Shortest that makes sense; default 0. */
  readonly minMs?: number;
}

/** A duration with its unit, kept as it was written; `parseDuration` gives its milliseconds. */
export function duration({ description, minMs = 0 }: DurationOptions): z.ZodString {
  const least = minMs === 0 ? '' : `, at least ${minMs / 1000}s`;
  return z
    .string()
    .regex(DURATION_PATTERN)
    .refine((value) => (parseDuration(value) ?? -1) >= minMs)
    .describe(description)
    .register(fieldMeta, {
      kind: 'text',
      expected: `a duration with its unit, such as 500ms, 30s, 5m, 2h or 1d${least}, at most 30d`,
      bare: 'write its unit behind it, such as 30s or 5m',
    });
}

/** The path of a service account's key, which is parsed at validation. */
export function keyFile(description: string): z.ZodString {
  return textSchema({}).describe(description).register(fieldMeta, {
    kind: 'text',
    expected: 'the path of a key file',
    path: true,
    keyFile: true,
  });
}

export function image(description: string): z.ZodString {
  const meta: FieldMeta = {
    kind: 'text',
    expected: 'an image: repository[:tag][@digest]',
    explain: explainImage,
    doubt: doubtImage,
  };
  return z
    .string()
    .refine((value) => !('invalid' in parseImageReference(value)))
    .describe(description)
    .register(fieldMeta, meta);
}

function explainImage(value: string): string | undefined {
  const reference = parseImageReference(value);
  return 'invalid' in reference ? reference.invalid : undefined;
}

function doubtImage(value: string): string | undefined {
  const reason = unpinnedReason(value);
  return reason && `${reason}: a rollback cannot tell it from another; pin a tag or a digest`;
}

interface SizeOptions {
  readonly min?: number;
  readonly max: number;
}

export function listOf<S extends z.ZodType>(
  item: S,
  { description, min = 1, max }: SizeOptions & { readonly description: string },
): z.ZodArray<S> {
  return z.array(item).min(min).max(max).describe(description).register(sizeLimits, { min, max });
}

export function mapOf<K extends z.core.$ZodRecordKey, V extends z.ZodType>(
  { key, value }: { readonly key: K; readonly value: V },
  { description, min = 0, max }: SizeOptions & { readonly description: string },
): z.ZodRecord<K, V> {
  return z.record(key, value).describe(description).register(sizeLimits, { min, max });
}

export function block<S extends z.core.$ZodLooseShape>(
  description: string,
  shape: S,
  rule?: Rule,
): z.ZodObject<z.core.util.Writeable<S>, z.core.$strict> {
  const schema = z.strictObject(shape).describe(description);
  if (rule !== undefined) schema.register(rules, { rule });
  return schema;
}
