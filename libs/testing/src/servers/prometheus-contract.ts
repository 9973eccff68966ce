import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const SCHEMA = new URL('../../schemas/prometheus/rules.schema.json', import.meta.url);

/** What is wrong with a rules file, by SchemaStore's schema, whose objects are closed; undefined: nothing. */
export function faultOfRules(parsed: unknown): string | undefined {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as object;
  return ajv.validate(schema, parsed) ? undefined : ajv.errorsText();
}
