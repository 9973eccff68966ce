import type { Alert } from './alerts/alert.ts';
import { ALERTS } from './alerts/alerts.ts';
import { DASHBOARDS } from './dashboards/all.ts';
import type { Dashboard } from './dashboards/dashboard.ts';

/** All that is to be there. */
export interface Content {
  readonly dashboards: readonly Dashboard[];
  readonly alerts: readonly Alert[];
}

export const CONTENT: Content = { dashboards: DASHBOARDS, alerts: ALERTS };
