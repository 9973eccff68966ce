import type { Alert } from '../../alerts/alert.ts';
import { ALERTS } from '../../alerts/alerts.ts';
import { DASHBOARDS } from '../../dashboards/all.ts';
import type { Dashboard } from '../../dashboards/dashboard.ts';

/** What is provisioned. */
export interface Definitions {
  readonly dashboards: readonly Dashboard[];
  readonly alerts: readonly Alert[];
}

export const DEFINITIONS: Definitions = { dashboards: DASHBOARDS, alerts: ALERTS };
