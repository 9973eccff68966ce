/** One Alertmanager, or the members of one cluster. */
export interface AlertmanagerOptions {
  /** Of every member: they tell each other of silences and notifications, never of alerts. */
  readonly urls: readonly string[];
  /** For basic authentication, the same at every member. */
  readonly username?: string;
  /** A secret. */
  readonly password?: string;
  /** Whether Alertmanager owns the page: critical alerts carry `page="true"`, and its routes wake people by it. */
  readonly page: boolean;
  /** Of a failure, by environment; `warning` where nobody may be woken. Default: `critical`. */
  readonly severityIn?: (environment: string) => 'critical' | 'warning';
  /** Where Alertmanager's "Source" leads to. Default: what `linkTo` says. */
  readonly generatorUrl?: string;
  /** Where you keep the runbook, its sections behind `#`. Default: no link. */
  readonly runbookUrl?: string;
  /** Grafana's own address, for a link to the dashboard. Default: no link. */
  readonly grafanaUrl?: string;
  /** Where a person reads on; undefined when no Web UI is configured. */
  readonly linkTo?: (deploymentId: string) => string | undefined;
  /** Whether a canary's own noise is silenced while it runs. Default: false. */
  readonly silence?: boolean;
  /** Longest that one of several members may take, so that one that hangs holds up none. Milliseconds; default 3,000. */
  readonly memberTimeoutMs?: number;
}
