import { exportDatadog } from './datadog/export.ts';
import { exportGrafana } from './grafana/export.ts';
import { rulesFile } from './prometheus/rules/rules-file.ts';

export const EXPORTED_SYSTEMS = ['prometheus', 'grafana', 'datadog'] as const;
export type ExportedSystem = (typeof EXPORTED_SYSTEMS)[number];

export interface ExportOptions {
  /** Whether Alertmanager owns the page. */
  readonly page: boolean;
  /** UID of the Prometheus that Grafana's rules ask. Default: the one of `docker-compose.yml`. */
  readonly datasource?: string;
  /** Grafana's own address, for links. */
  readonly grafanaUrl?: string;
}

/** Files by name, for those who keep dashboards and alerts in Git. Needs no network and no credentials. */
export async function exportFiles(
  system: ExportedSystem,
  { page, datasource, grafanaUrl }: ExportOptions,
): Promise<Readonly<Record<string, string>>> {
  switch (system) {
    case 'prometheus':
      return { 'rules.yaml': rulesFile({ page, ...(grafanaUrl && { grafanaUrl }) }) };
    case 'grafana':
      return exportGrafana(datasource === undefined ? {} : { datasource });
    case 'datadog':
      return exportDatadog();
  }
}
