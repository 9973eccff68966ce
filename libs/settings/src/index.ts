export { channelSettings } from './notification/channels.ts';
export { roleRules } from './notification/roles.ts';
export type { ConfigValues } from './config-values.ts';
