import type { z } from 'zod';
import { deploymentShape } from './deployment.ts';
import { block } from './fields.ts';

/** The whole file. The single source of what is valid, of the types and of the JSON Schema for editors. */
export const configSchema = block('Configuration of Fairlead.', {
  ...deploymentShape,
});

export type ConfigValues = z.output<typeof configSchema>;
export type BlockName = keyof ConfigValues;

export const CALLER_BLOCKS = ['application', 'components', 'environments', 'canary'] as const;
export type CallerBlock = (typeof CALLER_BLOCKS)[number];

export const BLOCK_NAMES = Object.keys(configSchema.shape) as BlockName[];
