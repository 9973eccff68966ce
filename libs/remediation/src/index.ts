export { createRemediationActivities } from './activities.ts';
export type { RemediationDependencies } from './activities.ts';
