export { createTargetList } from './list-targets.ts';
export { createIssueReports } from './report-issue.ts';
export type { IssueReports, Reported } from './report-issue.ts';
export type { TargetList } from './list-targets.ts';
