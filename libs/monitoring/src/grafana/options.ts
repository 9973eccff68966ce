/** One Grafana: https://grafana.com/docs/grafana/latest/developers/http_api/ */
export interface GrafanaOptions {
  /** With a path where Grafana is served under one; without user and password. */
  readonly url: string;
  /** A secret: token of a service account with the role Editor. */
  readonly apiKey: string;
  /** Grafana-managed rules: only where no Prometheus loads the exported ones, or people are told twice. */
  readonly alerts: boolean;
  /** UID of the Prometheus that rules ask. Default: the only one there, or the default one. */
  readonly datasource?: string;
  /** Where you keep the runbook that comes with this software, its sections behind `#`. Default: rules have no link. */
  readonly runbookUrl?: string;
}
