import type { SecondsTotal, TimingTotals } from '@fairlead/contracts';
import type { MetricName } from './catalogue.ts';
import type { Series } from './series.ts';

type Labels = Readonly<Record<string, string>>;

/** Where the time of a target's deployments went; none before the first that has told of it. */
export function timingSeries(target: Labels, timings: TimingTotals | undefined): readonly Series[] {
  if (timings === undefined) return [];
  return [
    ...Object.entries(timings.phases).flatMap(([type, phases]) =>
      Object.entries(phases).flatMap(([phase, total]) =>
        summary('fairlead_phase_duration_seconds', { ...target, type, phase }, total),
      ),
    ),
    ...Object.entries(timings.components).flatMap(([component, { duration, ready }]) => [
      ...summary('fairlead_component_duration_seconds', { ...target, component }, duration),
      ...summary('fairlead_component_ready_seconds', { ...target, component }, ready),
    ]),
    ...summary('fairlead_time_to_detect_seconds', target, timings.detect),
    ...summary('fairlead_time_to_safe_seconds', target, timings.safe),
  ];
}

function summary(
  metric: MetricName,
  labels: Labels,
  total: SecondsTotal | undefined,
): readonly Series[] {
  if (total === undefined) return [];
  return [
    { metric, part: 'sum', labels, value: total.secondsSum },
    { metric, part: 'count', labels, value: total.count },
  ];
}
