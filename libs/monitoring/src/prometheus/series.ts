import { DURATION_BUCKETS_SECONDS } from '@fairlead/contracts';
import type { DeploymentType, OutcomeTotal, RunTotals } from '@fairlead/contracts';
import type { RunningState, TargetState } from '@fairlead/contracts';
import { issueSeries } from './issue-series.ts';
import { timingSeries } from './timing-series.ts';
import type { MetricName } from './catalogue.ts';

/** One series of a metric, and its value. */
export interface Series {
  readonly metric: MetricName;
  /** Of a histogram or summary: which of its series. */
  readonly part?: 'bucket' | 'sum' | 'count';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What the labels name beside the target. */
type Labels = Readonly<Record<string, string>>;

/** All that is known of one target. What does not run has no series: a gauge of the past would be believed. */
export function targetSeries({
  environment,
  application,
  totals,
  running,
  issues,
}: TargetState): readonly Series[] {
  const target = { environment, application };
  const { deployments, rollbacks, foreign = {} } = totals;
  return [
    ...runSeries({ ...target, source: 'fairlead' }, { deployments, rollbacks }),
    ...Object.entries(foreign).flatMap(([source, runs]) => runSeries({ ...target, source }, runs)),
    ...timingSeries(target, totals.timings),
    ...issueSeries(target, issues),
    ...(running === undefined ? [] : runningSeries(target, running)),
  ];
}

/** What one source has brought to its end. */
function runSeries(labels: Labels, { deployments, rollbacks }: RunTotals): readonly Series[] {
  return [
    ...Object.entries(deployments).flatMap(([type, outcomes]) =>
      deploymentSeries({ ...labels, type }, outcomes),
    ),
    ...Object.entries(rollbacks).flatMap(([result, { count, lastFinishedAt }]) => [
      { metric: 'fairlead_rollbacks_total', labels: { ...labels, result }, value: count } as const,
      ...finished('fairlead_rollback_finished_timestamp_seconds', lastFinishedAt, {
        ...labels,
        result,
      }),
    ]),
  ];
}

function deploymentSeries(
  labels: Labels & { readonly type: string },
  outcomes: Readonly<Record<string, OutcomeTotal>>,
): readonly Series[] {
  return [
    ...Object.entries(outcomes).flatMap(([outcome, { count, lastFinishedAt }]) => [
      {
        metric: 'fairlead_deployments_total',
        labels: { ...labels, outcome },
        value: count,
      } as const,
      ...finished('fairlead_deployment_finished_timestamp_seconds', lastFinishedAt, {
        ...labels,
        outcome,
      }),
    ]),
    ...durationSeries(labels, Object.values(outcomes)),
  ];
}

/** Of all outcomes together: the catalogue tells durations by type. */
function durationSeries(labels: Labels, totals: readonly OutcomeTotal[]): readonly Series[] {
  const metric = 'fairlead_deployment_duration_seconds';
  const sum = (figure: (total: OutcomeTotal) => number): number =>
    totals.reduce((before, total) => before + figure(total), 0);
  const count = sum((total) => total.count);
  const bucket = (le: string, value: number): Series => ({
    metric,
    part: 'bucket',
    labels: { ...labels, le },
    value,
  });
  return [
    ...DURATION_BUCKETS_SECONDS.map((bound, i) =>
      bucket(
        String(bound),
        sum(({ buckets }) => buckets[i] ?? 0),
      ),
    ),
    bucket('+Inf', count),
    { metric, part: 'sum', labels, value: sum((total) => total.durationSecondsSum) },
    { metric, part: 'count', labels, value: count },
  ];
}

function runningSeries(
  target: Labels,
  { type, startedAt, expectedSeconds, canary }: RunningState,
): readonly Series[] {
  const labels: Labels & { readonly type: DeploymentType } = { ...target, type };
  return [
    {
      metric: 'fairlead_deployment_started_timestamp_seconds',
      labels,
      value: secondsOf(startedAt),
    },
    { metric: 'fairlead_deployment_expected_seconds', labels, value: expectedSeconds },
    ...(canary === undefined
      ? []
      : ([
          { metric: 'fairlead_canary_healthy', labels: target, value: canary.healthy ? 1 : 0 },
          { metric: 'fairlead_canary_weight_ratio', labels: target, value: canary.weight },
        ] as const)),
  ];
}

/** None where none has ended. */
function finished(metric: MetricName, at: string | undefined, labels: Labels): readonly Series[] {
  return at === undefined ? [] : [{ metric, labels, value: secondsOf(at) }];
}

function secondsOf(at: string): number {
  return Date.parse(at) / 1_000;
}
