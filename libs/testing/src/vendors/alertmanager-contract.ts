import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { once } from './once.ts';
import { schemaFault } from './schema-fault.ts';

const SCHEMA = new URL('../../schemas/alertmanager/alertmanager.schema.json', import.meta.url);

export type AlertmanagerCheck = (
  definition: 'postableAlerts' | 'postableSilence',
  value: unknown,
) => string | undefined;

/** Says what is wrong with a body, by the vendor's own schema, its objects closed. */
export const readAlertmanagerContract = once((): AlertmanagerCheck => {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: { uri: (text) => URL.canParse(text), 'date-time': (text) => !isNaN(Date.parse(text)) },
  });
  ajv.addSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  return (definition, value) => schemaFault(ajv, `alertmanager#/$defs/${definition}`, value);
});
