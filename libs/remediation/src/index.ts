export { watchIssues } from './detection/watch-issues.ts';
export type { IssueWatch } from './detection/watch-issues.ts';
export { createRemediationActivities } from './activities.ts';
export type { RemediationDependencies } from './activities.ts';
