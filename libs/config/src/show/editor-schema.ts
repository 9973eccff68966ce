import { z } from 'zod';
import { fieldMeta, sizeLimits } from '../schema/field-meta.ts';
import { fieldsOf, isSecret } from '../schema/known-keys.ts';
import { leafOf, unwrap } from '../schema/unwrap.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A string that holds a variable: whether it fits shows only once it is filled in. */
const WITH_VARIABLE = { type: 'string', pattern: '\\$\\{' } as const;
/** The same as the whole value, where a number or a boolean is expected. */
const WHOLE_VARIABLE = {
  type: 'string',
  pattern: '^\\$\\{[A-Za-z_][A-Za-z0-9_]*(?::-[^}]*)?\\}$',
} as const;

/**
 * What an editor needs beyond the schema library's own JSON Schema: `${NAME}` in place of a value, `<key>_file`
 * beside a secret, and that a block which is switched off needs no other key.
 */
export function toEditorSchema(field: z.core.$ZodType, json: JsonSchema): JsonSchema {
  const { schema } = unwrap(field);
  if (schema instanceof z.ZodObject) return blockSchema(schema, json);
  if (schema instanceof z.ZodArray) {
    return { ...json, items: toEditorSchema(schema.element, json.items as JsonSchema) };
  }
  if (schema instanceof z.ZodRecord) return mapSchema(schema, json);
  return leafSchema(schema, json);
}

function mapSchema(schema: z.ZodRecord, json: JsonSchema): JsonSchema {
  const values = toEditorSchema(schema.valueType, json.additionalProperties as JsonSchema);
  const limits = sizeLimits.get(schema);
  return {
    ...without(json, 'required'),
    ...(limits === undefined ? {} : { maxProperties: limits.max }),
    ...(limits === undefined || limits.min === 0 ? {} : { minProperties: limits.min }),
    additionalProperties: values,
  };
}

function leafSchema(
  schema: z.core.$ZodType,
  { description, default: fallback, ...json }: JsonSchema,
): JsonSchema {
  const leaf = leafOf(schema);
  const meta = leaf && fieldMeta.get(leaf);
  const about = {
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(meta?.secret === true ? { writeOnly: true } : {}),
  };
  if (meta?.kind !== 'text') return { ...about, anyOf: [json, WHOLE_VARIABLE] };
  const isFree = json.pattern === undefined && json.enum === undefined;
  return isFree ? { ...about, ...json } : { ...about, anyOf: [json, WITH_VARIABLE] };
}

function blockSchema(schema: z.ZodObject, json: JsonSchema): JsonSchema {
  const members = json.properties as Readonly<Record<string, JsonSchema>>;
  const properties = fieldsOf(schema).flatMap(([key, field]) => memberSchemas(key, field, members));
  const block = { ...without(json, 'required'), properties: Object.fromEntries(properties) };
  const needs = requirements(schema);
  const isSwitched = fieldsOf(schema).some(([key]) => key === 'enabled');
  if (!isSwitched) return { ...block, ...needs };
  const isOff = { properties: { enabled: { const: false } }, required: ['enabled'] };
  return { ...block, if: isOff, else: needs };
}

function memberSchemas(
  key: string,
  field: z.core.$ZodType,
  members: Readonly<Record<string, JsonSchema>>,
): [string, JsonSchema][] {
  const member = toEditorSchema(field, members[key] ?? {});
  if (!isSecret(field)) return [[key, member]];
  const description = `Path of a file that holds ${key}, in place of it. Read anew when it changes.`;
  return [
    [key, member],
    [`${key}_file`, { description, type: 'string', minLength: 1 }],
  ];
}

/** A key that must be there; a secret by itself or by its file, never both. */
function requirements(schema: z.ZodObject): JsonSchema {
  const required = fieldsOf(schema)
    .filter(([, field]) => !isSecret(field) && !unwrap(field).optional)
    .map(([key]) => key);
  const secrets = fieldsOf(schema)
    .filter(([, field]) => isSecret(field))
    .map(([key, field]) => secretRequirement(key, unwrap(field).optional));
  return {
    ...(required.length === 0 ? {} : { required }),
    ...(secrets.length === 0 ? {} : { allOf: secrets }),
  };
}

function secretRequirement(key: string, optional: boolean): JsonSchema {
  const file = `${key}_file`;
  if (optional) return { not: { required: [key, file] } };
  return { oneOf: [{ required: [key] }, { required: [file] }] };
}

function without(json: JsonSchema, key: string): JsonSchema {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));
}
