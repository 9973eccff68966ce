import { AdapterError } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { MetricSource, Sample } from '../monitoring-system.ts';
import { bodyOf, listOf, textOf, wireOf } from './answer.ts';
import type { Wire } from './answer.ts';
import { DATADOG } from './client.ts';
import type { DatadogClient } from './client.ts';

/** Answers in Datadog's own language of metric queries. */
export function createMetricSource(client: DatadogClient): MetricSource {
  return {
    async query({ expression, at, windowMs }, signal) {
      const to = Math.ceil(at.getTime() / 1_000);
      const from = Math.floor((at.getTime() - windowMs) / 1_000);
      const answer = await client.ask(
        ({ metricsV1 }) => metricsV1.queryMetrics({ from, to, query: expression }),
        signal,
      );
      const body = wireOf(bodyOf(answer));
      assertUnderstood(body);
      const window = { fromMs: from * 1_000, toMs: to * 1_000 };
      return listOf(body['series']).flatMap((series) => latest(series, window));
    },
  };
}

/** What it cannot make sense of it answers with a 200. */
function assertUnderstood({ status, error }: Wire): void {
  if (status !== 'error' && !error) return;
  const why = cleanText(textOf(error), 200);
  throw new AdapterError('vendor-rejected', `${DATADOG} refused the query: ${why}`);
}

/** None where nothing was measured within the window. */
function latest(series: Wire, window: { fromMs: number; toMs: number }): readonly Sample[] {
  const points = Array.isArray(series['pointlist']) ? (series['pointlist'] as unknown[]) : [];
  const measured = points.flatMap((point) => {
    const [at, value] = Array.isArray(point) ? (point as unknown[]) : [];
    return typeof at === 'number' && typeof value === 'number' ? [{ at, value }] : [];
  });
  const last = measured.findLast(({ at }) => at >= window.fromMs && at <= window.toMs);
  if (last === undefined) return [];
  return [{ labels: labelsOf(series), value: last.value, at: new Date(last.at) }];
}

/** Of `["environment:staging", ...]`. */
function labelsOf({ tag_set: tags }: Wire): Readonly<Record<string, string>> {
  const list = Array.isArray(tags) ? tags.map(textOf) : [];
  return Object.fromEntries(
    list.map((tag) => {
      const colon = tag.indexOf(':');
      return colon === -1 ? [tag, ''] : [tag.slice(0, colon), tag.slice(colon + 1)];
    }),
  );
}
