import { CONTENT } from '../content.ts';
import type { Content } from '../content.ts';
import { provisioningFiles } from './provisioning-files.ts';
import { toAlertRule } from './render/alert-rule.ts';
import { toDashboardJson } from './render/dashboard-json.ts';

export interface GrafanaExportOptions {
  /** UID of the Prometheus that the rules ask. Default: the one of `docker-compose.yml`. */
  readonly datasource?: string;
  /** Where you keep the runbook, its sections behind `#`. Default: rules have no link. */
  readonly runbookUrl?: string;
}

/** As `docker-compose.yml` provisions it. */
const COMPOSE_DATASOURCE = 'fairlead-prometheus';
/** Of an installation that has never had a second one. */
const FIRST_ORG = 1;

/**
 * Files for those who keep them in Git, by name: for the API as they are (`dashboard-<uid>.json`, `alert-rules.json`), and
 * under `provisioning/` as Grafana's file provisioning reads them. Needs no network and no credentials.
 */
export async function exportGrafana(
  { datasource = COMPOSE_DATASOURCE, runbookUrl }: GrafanaExportOptions = {},
  { dashboards, alerts }: Content = CONTENT,
): Promise<Readonly<Record<string, string>>> {
  const boards = Object.fromEntries(
    await Promise.all(
      dashboards.map(
        async (one) => [`dashboard-${one.uid}.json`, await toDashboardJson(one)] as const,
      ),
    ),
  );
  const links = runbookUrl === undefined ? {} : { runbookUrl };
  const place = { datasource, orgId: FIRST_ORG, ...links };
  const rules = alerts.map((alert) => toAlertRule(alert, place));
  return {
    ...Object.fromEntries(Object.entries(boards).map(([file, json]) => [file, pretty(json)])),
    'alert-rules.json': pretty(rules),
    ...provisioningFiles(boards, rules),
  };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
