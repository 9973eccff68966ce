/** One organisation of Datadog. */
export interface DatadogOptions {
  /** A secret. */
  readonly apiKey: string;
  /** A secret: for queries, dashboards and monitors. */
  readonly appKey: string;
  /** That the keys belong to, as `datadoghq.eu`; a key of another site is refused with 403. */
  readonly site: string;
  /** In place of the site's `https://api.<site>`, for a proxy or gateway. */
  readonly apiUrl?: string;
  /** Whether deployments and failures go to DORA Metrics as well. */
  readonly dora: boolean;
  /** Handles that every monitor tells, as `@slack-ops`. Default: nobody. */
  readonly notify?: readonly string[];
  /** Where you keep the runbook, its sections behind `#`. Default: its place in this repository. */
  readonly runbookUrl?: string;
  /** Where a person reads on; undefined when no Web UI is configured. */
  readonly linkTo?: (deploymentId: string) => string | undefined;
}
