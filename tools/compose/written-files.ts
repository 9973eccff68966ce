import { exportFiles } from '@fairlead/monitoring';

/** Paths in `deploy/compose`. Everything below the folders is written; nothing else may stand there. */
export const WRITTEN_FOLDERS = ['grafana/provisioning/dashboards'];

/** As it is published to the machine's own browser. */
const GRAFANA_URL = 'http://localhost:3000';
/** By its `fairlead.yaml` Fairlead owns the page. */
const PAGE = false;
const DASHBOARDS = 'provisioning/dashboards/';

/**
 * What of `deploy/compose` is exported, by path in it: Prometheus' rules and Grafana's dashboards. Grafana gets no rules:
 * Prometheus has them.
 */
export async function writtenFiles(): Promise<ReadonlyMap<string, string>> {
  const rules = await exportFiles('prometheus', { page: PAGE, grafanaUrl: GRAFANA_URL });
  const grafana = await exportFiles('grafana', { page: PAGE });
  return new Map([
    ...Object.entries(rules).map(([name, text]) => [`prometheus/${name}`, text] as const),
    ...Object.entries(grafana)
      .filter(([name]) => name.startsWith(DASHBOARDS))
      .map(([name, text]) => [`grafana/${name}`, text] as const),
  ]);
}
