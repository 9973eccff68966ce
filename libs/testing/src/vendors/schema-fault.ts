import type { Ajv } from 'ajv';

/**
 * What is wrong with a value, by a definition of a schema that `ajv` has; undefined: nothing. `ref`: the schema's `$id`
 * and the path in it.
 */
export function schemaFault(ajv: Ajv, ref: string, value: unknown): string | undefined {
  // Kept by its name: a schema made for each call, as `{ $ref }` is, has all it refers to compiled each time.
  const validate = ajv.getSchema(ref);
  if (validate === undefined) throw new Error(`no definition ${ref}`);
  return validate(value) === true ? undefined : ajv.errorsText(validate.errors);
}
