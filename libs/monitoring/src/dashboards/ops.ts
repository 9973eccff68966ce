import type { Dashboard } from './dashboard.ts';
import {
  ALERT_STATES,
  at,
  CANARY_ISSUES,
  FAILED_ROLLBACK_COUNT,
  LONG_RUNNING,
  RECENT_FAILURES,
  RUNNING_FOR,
} from './panels.ts';

/** Who is on call: what burns now. */
export const OPS: Dashboard = {
  uid: 'fairlead-ops',
  title: 'Deployments: what burns now',
  description:
    'For who is on call: alerts that stand, failures, what takes too long, canaries that are not well.',
  panels: [
    at(ALERT_STATES, { x: 0, y: 0, width: 4, height: 7 }),
    at(FAILED_ROLLBACK_COUNT, { x: 4, y: 0, width: 2, height: 7 }),
    at(RECENT_FAILURES, { x: 6, y: 0, width: 6, height: 7 }),
    at(LONG_RUNNING, { x: 0, y: 7, width: 6, height: 7 }),
    at(CANARY_ISSUES, { x: 6, y: 7, width: 6, height: 7 }),
    at(RUNNING_FOR, { x: 0, y: 14, width: 12, height: 7 }),
  ],
};
