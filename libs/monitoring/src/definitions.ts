export type { Alert } from './alerts/alert.ts';
export { ALERTS } from './alerts/alerts.ts';
export { DASHBOARDS } from './dashboards/all.ts';
export type { Dashboard, Panel } from './dashboards/dashboard.ts';
export { rulesFile } from './prometheus/rules/rules-file.ts';
