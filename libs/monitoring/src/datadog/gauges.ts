import type { GaugeSink } from '../monitoring-system.ts';
import type { TargetState } from '@fairlead/contracts';
import { assertTaken } from './answer.ts';
import type { DatadogClient, Series } from './client.ts';
import { toTags } from './tags.ts';

/** Of v2/series: https://docs.datadoghq.com/api/latest/metrics/#submit-metrics */
const GAUGE = 3;
/** A request may have 512,000 bytes there; a series with the longest tags has less than 1,000. */
const SERIES_PER_CALL = 500;

/** What runs, as gauges; nothing while nothing runs. */
export function createGaugeSink(client: DatadogClient): GaugeSink {
  return {
    async send(states, now, signal) {
      const all = states.flatMap((state) => toGauges(state, now));
      for (let start = 0; start < all.length; start += SERIES_PER_CALL) {
        const series = all.slice(start, start + SERIES_PER_CALL);
        assertTaken(
          await client.ask(({ metrics }) => metrics.submitMetrics({ body: { series } }), signal),
        );
      }
    },
  };
}

function toGauges({ environment, application, running }: TargetState, now: Date): Series[] {
  if (running === undefined) return [];
  const { type, startedAt, expectedSeconds, canary } = running;
  const timestamp = Math.floor(now.getTime() / 1_000);
  const tags = toTags({ environment, application, type });
  const runningSeconds = Math.max(0, timestamp - Math.floor(Date.parse(startedAt) / 1_000));

  function gauge(metric: string, value: number, unit?: string): Series {
    const points = [{ timestamp, value }];
    return { metric, type: GAUGE, points, tags, ...(unit === undefined ? {} : { unit }) };
  }

  return [
    gauge('fairlead.deployment.running_seconds', runningSeconds, 'second'),
    gauge(
      'fairlead.deployment.over_expected_seconds',
      Math.max(0, runningSeconds - expectedSeconds),
      'second',
    ),
    ...(canary === undefined
      ? []
      : [
          gauge('fairlead.canary.healthy', canary.healthy ? 1 : 0),
          gauge('fairlead.canary.weight', canary.weight),
        ]),
  ];
}
