/** One alert, in no system's words: a Prometheus rule, a Grafana rule and a Datadog monitor are made of it. */
export interface Alert {
  /** Fixed for ever, as `deployment-failure`: what exists is found by it. */
  readonly id: string;
  /** `Deployment Failure`. */
  readonly title: string;
  readonly severity: 'critical' | 'warning';
  /** One line, with `{{environment}}` and the like; each system writes them in its own form. */
  readonly summary: string;
  /** What it means and what to do first. */
  readonly description: string;
  /** Section of the runbook. */
  readonly runbook: string;
  /** Which series tell one alert from another. */
  readonly labels: readonly string[];
  readonly prometheus: {
    /** True while the alert stands. */
    readonly expression: string;
    /** Keeps it on this long after it ceased; Prometheus 2.42 or later. */
    readonly keepFiringFor?: string;
  };
  readonly datadog: {
    readonly query: string;
    /** The number that the query compares with. */
    readonly threshold: number;
    /** 1 is the highest. */
    readonly priority: 1 | 3;
  };
}
