import { z } from 'zod';
import { nearest } from '../nearest.ts';
import { configSchema } from './config-schema.ts';
import { fieldMeta, refusedKeys } from './field-meta.ts';
import { leafOf, unwrap } from './unwrap.ts';

/** Whether a key is one of ours, wherever it stands. */
export function isKnownKey(key: string): boolean {
  return KNOWN_KEYS.has(key);
}

/** The key of ours that is nearest, wherever it belongs. */
export function nearestKnownKey(key: string): string | undefined {
  return nearest(key, [...KNOWN_KEYS]);
}

/** A block's fields by key. */
export function fieldsOf(schema: z.ZodObject): [string, z.core.$ZodType][] {
  return Object.entries<z.core.$ZodType>(schema.shape);
}

/** The keys that may stand in a block; `<key>_file` beside each secret. */
export function keysOf(schema: z.ZodObject): string[] {
  return fieldsOf(schema).flatMap(([key, field]) =>
    isSecret(field) ? [key, `${key}_file`] : [key],
  );
}

/** Whether a field, or each element of a list, is secret. */
export function isSecret(field: z.core.$ZodType): boolean {
  const { schema } = unwrap(field);
  const leaf = schema instanceof z.ZodArray ? leafOf(schema.element) : leafOf(schema);
  return leaf !== undefined && fieldMeta.get(leaf)?.secret === true;
}

const KNOWN_KEYS: ReadonlySet<string> = new Set(collect(configSchema));

function collect(field: z.core.$ZodType): string[] {
  const { schema } = unwrap(field);
  if (schema instanceof z.ZodArray) return collect(schema.element);
  if (schema instanceof z.ZodRecord) return [...namesOf(schema), ...collect(schema.valueType)];
  if (!(schema instanceof z.ZodObject)) return [];
  const refused = Object.keys(refusedKeys.get(schema)?.reasons ?? {});
  const below = fieldsOf(schema).flatMap(([, member]) => collect(member));
  return [...keysOf(schema), ...refused, ...below];
}

function namesOf(record: z.ZodRecord): string[] {
  return record.keyType instanceof z.ZodEnum ? record.keyType.options.map(String) : [];
}
