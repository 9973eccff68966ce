import type { Dashboard } from './dashboard.ts';
import { DEPLOYMENT_ALERTS } from './deployment-alerts.ts';
import { DEPLOYMENT_METRICS } from './deployment-metrics.ts';
import { DEV } from './dev.ts';
import { LEAD } from './lead.ts';
import { OPS } from './ops.ts';

/** The two of the specification, and one for each role. */
export const DASHBOARDS: readonly Dashboard[] = [
  DEPLOYMENT_METRICS,
  DEPLOYMENT_ALERTS,
  OPS,
  DEV,
  LEAD,
];
