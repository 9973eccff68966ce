import { z } from 'zod';
import { configSchema } from '../schema/config-schema.ts';
import { toEditorSchema } from './editor-schema.ts';
import type { JsonSchema } from './editor-schema.ts';

/**
 * The JSON Schema (draft 7) of the configuration file, for editors: made from the schema that reads it.
 * `fairlead config schema` prints it.
 */
export function configJsonSchema(): JsonSchema {
  const json = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-07', reused: 'inline' });
  const { $schema, ...rest } = json;
  return {
    $schema,
    title: 'Fairlead configuration',
    ...toEditorSchema(configSchema, rest),
  };
}
