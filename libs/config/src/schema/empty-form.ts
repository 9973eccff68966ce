import { z } from 'zod';
import type { KeyPath } from '../key-path.ts';
import { configSchema } from './config-schema.ts';
import { rules, sizeLimits } from './field-meta.ts';
import { unwrap } from './unwrap.ts';

/** How a value of nothing is written at a place, `{}` or `[]`; undefined where it must hold something. */
export function emptyFormAt(path: KeyPath): '{}' | '[]' | undefined {
  const field = path.reduce<z.core.$ZodType | undefined>(below, configSchema);
  const schema = field && unwrap(field).schema;
  if (schema instanceof z.ZodObject) {
    // A block with a rule across its fields needs some of them.
    return !rules.has(schema) && schema.safeParse({}).success ? '{}' : undefined;
  }
  if (schema === undefined || sizeLimits.get(schema)?.min !== 0) return undefined;
  return schema instanceof z.ZodArray ? '[]' : '{}';
}

function below(
  field: z.core.$ZodType | undefined,
  step: string | number,
): z.core.$ZodType | undefined {
  const schema = field && unwrap(field).schema;
  if (schema instanceof z.ZodArray) return typeof step === 'number' ? schema.element : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, step)) return undefined;
  return (schema.shape as Readonly<Record<string, z.core.$ZodType>>)[step];
}
