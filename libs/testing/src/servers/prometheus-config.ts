export interface ScrapeJob {
  readonly job: string;
  /** `host:port` of each, asked for `/metrics`. */
  readonly targets: readonly string[];
  /** Whether the labels that a source tells win over the job's own, as behind a Pushgateway. Default: false. */
  readonly honorLabels?: boolean;
}

interface PrometheusConfig {
  readonly scrape: readonly ScrapeJob[];
  readonly scrapeIntervalMs: number;
  readonly evaluationIntervalMs: number;
  readonly rulesPath?: string | undefined;
  /** `host:port` of each. */
  readonly alertmanagers: readonly string[];
}

/** In JSON, which is YAML. */
export function prometheusConfig(config: PrometheusConfig): string {
  const { scrape, scrapeIntervalMs, evaluationIntervalMs, rulesPath, alertmanagers } = config;
  return JSON.stringify({
    global: {
      scrape_interval: `${scrapeIntervalMs}ms`,
      // May not be longer than the interval.
      scrape_timeout: `${scrapeIntervalMs}ms`,
      evaluation_interval: `${evaluationIntervalMs}ms`,
    },
    rule_files: rulesPath === undefined ? [] : [rulesPath],
    alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] },
    scrape_configs: scrape.map(({ job, targets, honorLabels = false }) => ({
      job_name: job,
      honor_labels: honorLabels,
      static_configs: [{ targets }],
    })),
  });
}
