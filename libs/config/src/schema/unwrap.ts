import { z } from 'zod';

export interface Unwrapped {
  readonly schema: z.core.$ZodType;
  readonly optional: boolean;
  /** What stands in for an absent value. */
  readonly fallback?: unknown;
}

/** A field without what says that it may be absent. */
export function unwrap(field: z.core.$ZodType): Unwrapped {
  if (field instanceof z.ZodOptional) {
    return { ...unwrap(field.unwrap()), optional: true };
  }
  if (field instanceof z.ZodDefault) {
    return { ...unwrap(field.unwrap()), optional: true, fallback: field.def.defaultValue };
  }
  return { schema: field, optional: false };
}

/** The schema of a single value, or undefined for a block, list or map. */
export function leafOf(field: z.core.$ZodType): z.ZodType | undefined {
  const { schema } = unwrap(field);
  const isCollection =
    schema instanceof z.ZodObject || schema instanceof z.ZodArray || schema instanceof z.ZodRecord;
  return isCollection || !(schema instanceof z.ZodType) ? undefined : schema;
}
