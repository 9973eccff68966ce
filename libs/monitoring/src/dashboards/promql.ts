const TARGET = ['environment', 'application'] as const;
/** Who made the deployment: Fairlead itself, or another tool. */
const RUNS = [...TARGET, 'source'] as const;

/** Labels that tell one series of a metric from another, those of who scraped it left out. */
const LABELS = {
  fairlead_deployments_total: [...RUNS, 'type', 'outcome'],
  fairlead_deployment_duration_seconds_bucket: [...RUNS, 'type', 'le'],
  fairlead_deployment_duration_seconds_sum: [...RUNS, 'type'],
  fairlead_deployment_duration_seconds_count: [...RUNS, 'type'],
  fairlead_deployment_finished_timestamp_seconds: [...RUNS, 'type', 'outcome'],
  fairlead_deployment_started_timestamp_seconds: [...TARGET, 'type'],
  fairlead_deployment_expected_seconds: [...TARGET, 'type'],
  fairlead_rollbacks_total: [...RUNS, 'result'],
  fairlead_rollback_finished_timestamp_seconds: [...RUNS, 'result'],
  fairlead_canary_healthy: TARGET,
  fairlead_canary_weight_ratio: TARGET,
  fairlead_phase_duration_seconds_sum: [...TARGET, 'type', 'phase'],
  fairlead_phase_duration_seconds_count: [...TARGET, 'type', 'phase'],
  fairlead_component_duration_seconds_sum: [...TARGET, 'component'],
  fairlead_component_duration_seconds_count: [...TARGET, 'component'],
  fairlead_component_ready_seconds_sum: [...TARGET, 'component'],
  fairlead_component_ready_seconds_count: [...TARGET, 'component'],
  fairlead_time_to_detect_seconds_sum: TARGET,
  fairlead_time_to_detect_seconds_count: TARGET,
  fairlead_time_to_safe_seconds_sum: TARGET,
  fairlead_time_to_safe_seconds_count: TARGET,
} as const;

type Metric = keyof typeof LABELS;
/** A summary or histogram: its sum and its count are there. */
type Timed = Metric extends infer Name ? (Name extends `${infer Base}_sum` ? Base : never) : never;

/** A total that no source has told of for longer is taken for gone; a scrape that fails for less is bridged. */
const LOOK_BACK = '1d';
/** As both dashboards' variables choose. */
const CHOSEN = 'environment=~"$environment", application=~"$application"';

/**
 * The present value of each series: every source says the same, so the highest is the latest. `matchers` as
 * `outcome="failed"`.
 */
export function latest(metric: Metric, matchers?: string): string {
  return highest(metric, `${selector(metric, matchers)}[${LOOK_BACK}]`);
}

/**
 * By how much each total grew within the range, exactly: a difference of two readings. `increase()` guesses, doubles
 * what two sources tell, and misses a first failure.
 */
export function grown(metric: Metric, range: string, matchers?: string): string {
  const before = highest(metric, `${selector(metric, matchers)}[${LOOK_BACK}] offset ${range}`);
  const now = latest(metric, matchers);
  // What was not there before began at 0.
  return `(${now} - (${before} or ${now} * 0))`;
}

/** How long one took, of all that ended within the range; nothing where none did. `by`: one value for each of them. */
export function meanSeconds(metric: Timed, range: string, by?: readonly string[]): string {
  const sum = by === undefined ? 'sum' : `sum by (${by.join(', ')})`;
  return `${sum}(${grown(`${metric}_sum`, range)}) / (${sum}(${grown(`${metric}_count`, range)}) > 0)`;
}

/**
 * What is so at this very moment; nothing where no source says it. `by`: fewer labels than the series has, where a
 * target has one value whatever its type.
 */
export function present(
  metric: Metric,
  {
    by = LABELS[metric],
    matchers,
  }: { readonly by?: readonly string[]; readonly matchers?: string } = {},
): string {
  return `max by (${by.join(', ')}) (${selector(metric, matchers)})`;
}

/** As `present`, but the worst that any source says. */
export function worst(metric: Metric): string {
  return `min by (${LABELS[metric].join(', ')}) (${selector(metric)})`;
}

function highest(metric: Metric, series: string): string {
  return `max by (${LABELS[metric].join(', ')}) (last_over_time(${series}))`;
}

function selector(metric: Metric, matchers?: string): string {
  return `${metric}{${matchers === undefined ? '' : `${matchers}, `}${CHOSEN}}`;
}
