/** Where people keep what an alert leads to. */
export interface AlertLinks {
  /** Where you keep the runbook that comes with this software, its sections behind `#`. Default: no link. */
  readonly runbookUrl?: string | undefined;
  /** Grafana's own address, where the dashboards are. Default: no link. */
  readonly grafanaUrl?: string | undefined;
}

/** As annotations of an alert, by the names that Prometheus' own alerts use. */
export function linksOf(
  runbook: string | undefined,
  { runbookUrl, grafanaUrl }: AlertLinks,
): { readonly runbook_url?: string; readonly dashboard_url?: string } {
  return {
    ...(runbookUrl === undefined || runbook === undefined
      ? {}
      : { runbook_url: `${runbookUrl}#${runbook}` }),
    ...(grafanaUrl === undefined
      ? {}
      : { dashboard_url: `${grafanaUrl.replace(/\/+$/, '')}/d/deployment-alerts` }),
  };
}
