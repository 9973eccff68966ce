export { channelSettings } from './notification/channels.ts';
export { severityIn } from './notification/severity.ts';
export { roleRules } from './notification/roles.ts';
export type { ConfigValues } from './config-values.ts';
