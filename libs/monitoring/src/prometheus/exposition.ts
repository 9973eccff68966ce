import { Registry } from 'prom-client';
import type { Metric } from 'prom-client';
import type { TargetState } from '@fairlead/contracts';
import { CATALOGUE } from './catalogue.ts';
import type { MetricName } from './catalogue.ts';
import { targetSeries } from './series.ts';
import type { Series } from './series.ts';

/**
 * The durable catalogue in Prometheus' text format 0.0.4: the worker's `/metrics` and the Pushgateway say the same.
 * Of a target that is told of twice the last word counts, as a series that stands twice spoils the whole answer.
 */
export async function seriesOf(states: readonly TargetState[]): Promise<string> {
  const targets = new Map(
    states.map((state) => [JSON.stringify([state.environment, state.application]), state]),
  );
  const byMetric = Map.groupBy([...targets.values()].flatMap(targetSeries), ({ metric }) => metric);
  const registry = new Registry();
  for (const name of Object.keys(CATALOGUE) as MetricName[]) {
    const series = byMetric.get(name);
    if (series !== undefined) registry.registerMetric(collectorOf(name, series));
  }
  return registry.metrics();
}

/**
 * The library's own metrics count what they see; these were counted long ago, and it has no way to set a histogram's
 * buckets. A registry asks for `name` and `get()` alone, which its types do not say.
 */
function collectorOf(name: MetricName, series: readonly Series[]): Metric {
  const { type, help } = CATALOGUE[name];
  const values = series.map(({ part, labels, value }) => ({
    ...(part === undefined ? {} : { metricName: `${name}_${part}` }),
    labels,
    value,
  }));
  const collector = { name, get: () => Promise.resolve({ name, type, help, values }) };
  return collector as unknown as Metric;
}
