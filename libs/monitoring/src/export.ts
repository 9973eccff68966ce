import type { AlertLinks } from './alerts/links.ts';
import { exportDatadog } from './datadog/export.ts';
import { exportGrafana } from './grafana/export.ts';
import { rulesFile } from './prometheus/rules/rules-file.ts';

export const EXPORTED_SYSTEMS = ['prometheus', 'grafana', 'datadog'] as const;
export type ExportedSystem = (typeof EXPORTED_SYSTEMS)[number];

export interface ExportOptions extends AlertLinks {
  /** Whether Alertmanager owns the page. */
  readonly page: boolean;
  /** UID of the Prometheus that Grafana's rules ask. Default: the one of `docker-compose.yml`. */
  readonly datasource?: string;
  /** Handles that every monitor of Datadog tells. Default: nobody. */
  readonly notify?: readonly string[];
}

/** Files by name, for those who keep dashboards and alerts in Git. Needs no network and no credentials. */
export async function exportFiles(
  system: ExportedSystem,
  { page, datasource, grafanaUrl, runbookUrl, notify }: ExportOptions,
): Promise<Readonly<Record<string, string>>> {
  const runbook = runbookUrl === undefined ? {} : { runbookUrl };
  switch (system) {
    case 'prometheus':
      return { 'rules.yaml': rulesFile({ page, grafanaUrl, runbookUrl }) };
    case 'grafana':
      return exportGrafana({ ...(datasource && { datasource }), ...runbook });
    case 'datadog':
      return exportDatadog({ ...(notify && { notify }), ...runbook });
  }
}
