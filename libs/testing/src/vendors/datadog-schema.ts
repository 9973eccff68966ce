import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { once } from './once.ts';
import { schemaFault } from './schema-fault.ts';

type DatadogCheck = (
  version: 'v1' | 'v2',
  definition: string,
  value: unknown,
) => string | undefined;

const SCHEMAS = new URL('../../schemas/datadog/', import.meta.url);

/** Says what is wrong with a value, by the definition of this name in `v1` or `v2`. */
export const readDatadogSchemas = once((): DatadogCheck => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const version of ['v1', 'v2']) {
    const text = readFileSync(new URL(`${version}.schema.json`, SCHEMAS), 'utf8');
    ajv.addSchema(JSON.parse(text) as object);
  }
  return (version, definition, value) =>
    schemaFault(ajv, `datadog-${version}#/$defs/${definition}`, value);
});
