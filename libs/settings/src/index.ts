export { absenceOf } from './notification/absence.ts';
export { channelSettings } from './notification/channels.ts';
export { dashboardLink } from './notification/dashboard.ts';
export { severityIn } from './notification/severity.ts';
export { roleRules } from './notification/roles.ts';
export { withStandIns } from './notification/stand-ins.ts';
export { remediationPolicy } from './remediation/policy.ts';
export { provisionedAtStart, showsProgress, systemSettings } from './monitoring/systems.ts';
export type { ConfigValues } from './config-values.ts';
