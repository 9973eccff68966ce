import type { z } from 'zod';
import { configurationRule } from '../rules/configuration-rule.ts';
import { deploymentShape } from './deployment.ts';
import { block } from './fields.ts';
import { monitoringSystems } from './monitoring.ts';
import { notification } from './notification.ts';
import { remediation } from './remediation.ts';
import { roles } from './roles.ts';

/** The whole file. The single source of what is valid, of the types and of the JSON Schema for editors. */
export const configSchema = block(
  'Configuration of Fairlead.',
  {
    ...deploymentShape,
    monitoring_systems: monitoringSystems.optional(),
    notification: notification.optional(),
    remediation: remediation.optional(),
    roles: roles.optional(),
  },
  configurationRule,
);

/** Keys as in the file; a block that is switched off is absent. */
export type ConfigValues = z.output<typeof configSchema>;
export type BlockName = keyof ConfigValues;

export const CALLER_BLOCKS = ['application', 'components', 'environments', 'canary'] as const;
export type CallerBlock = (typeof CALLER_BLOCKS)[number];

export const BLOCK_NAMES = Object.keys(configSchema.shape) as BlockName[];
