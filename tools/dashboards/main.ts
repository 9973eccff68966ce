// `npm run dashboards`: asks a real Prometheus every query of every panel and draws the answers into docs/pictures, for
// which a browser is needed. What is shown is the situation that the tests of the panels work out by hand.
import { ALERTS, DASHBOARDS, rulesFile } from '@fairlead/monitoring/definitions';
import { startSituatedPrometheus } from '@fairlead/monitoring/testing';
import { waitFor } from '@fairlead/testing/servers';
import type { PrometheusAlert } from '@fairlead/testing/servers/prometheus';
import { takePictures } from '../pictures/take-picture.ts';
import { dashboardPage, HEAD_PX, ROW_PX, WIDTH_PX } from './page.ts';
import { ask } from './panel-data.ts';

const RANGE_MS = 3 * 3_600_000;
const DEADLINE_MS = 20_000;

const prometheus = await startSituatedPrometheus({
  zeroMs: Math.floor(Date.now() / 1_000) * 1_000,
  lastMinute: -1,
  rules: rulesFile({ page: false }),
});
try {
  const alerts = await standing();
  const { now } = prometheus;
  const shown = { from: new Date(now.getTime() - RANGE_MS), to: now };
  const pictures = await Promise.all(
    DASHBOARDS.map(async (dashboard) => {
      const panels = await Promise.all(
        dashboard.panels.map((panel) => ask(prometheus, panel, shown)),
      );
      const rows = Math.max(...dashboard.panels.map(({ place }) => place.y + place.height));
      return {
        name: `dashboard-${dashboard.uid}`,
        html: dashboardPage(dashboard, panels, alerts),
        size: [WIDTH_PX, HEAD_PX + rows * ROW_PX] as const,
      };
    }),
  );
  process.stdout.write(`${takePictures(pictures).join('\n')}\n`);
} finally {
  await prometheus.stop();
}

/** The situation has something of each. */
async function standing(): Promise<readonly PrometheusAlert[]> {
  let alerts: readonly PrometheusAlert[] = [];
  await waitFor(
    async () => {
      alerts = await prometheus.alerts();
      return new Set(alerts.map(({ labels }) => labels['alertname'])).size === ALERTS.length;
    },
    { deadlineMs: DEADLINE_MS, what: 'the four alerts' },
  );
  return alerts;
}
