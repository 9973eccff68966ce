import type { VendorReply } from './mock-vendor.ts';
import { json, listOf, objectOf, refused } from './datadog-replies.ts';
import type { Body } from './datadog-replies.ts';

/** Seconds that a point may be ahead and behind: the descriptions of both endpoints. */
const AHEAD = 600;
const BEHIND = 3_600;
const EVENT_BEHIND = 18 * 3_600;
/** Of a body of v2/series. */
const SERIES_BYTES = 512_000;

export type Validate = (
  version: 'v1' | 'v2',
  definition: string,
  value: unknown,
) => string | undefined;

/** What Datadog took in, oldest first. */
export interface Intake {
  readonly events: readonly Body[];
  readonly deployments: readonly Body[];
  readonly failures: readonly Body[];
  /** Points of all series that were not too old or too new; the same series and second holds the last one. */
  points(metric: string): readonly DatadogPoint[];
  /** Values of a distribution, each of them as often as it came. */
  values(metric: string): readonly DatadogPoint[];
  readonly answer: (route: string, text: string, body: Body) => VendorReply | undefined;
}

interface DatadogPoint {
  readonly tags: readonly string[];
  /** POSIX, seconds. */
  readonly timestamp: number;
  readonly value: number;
  readonly type?: unknown;
}

export function createIntake(validate: Validate, now: () => Date): Intake {
  const events: Body[] = [];
  const deployments: Body[] = [];
  const failures: Body[] = [];
  const series = new Map<string, DatadogPoint & { readonly metric: string }>();
  const distributions: (DatadogPoint & { readonly metric: string })[] = [];

  function isTimely(timestamp: number): boolean {
    const age = now().getTime() / 1_000 - timestamp;
    return age <= BEHIND && age >= -AHEAD;
  }

  function takeEvent(body: Body): VendorReply {
    const fault = validate('v1', 'EventCreateRequest', body);
    if (fault !== undefined) return refused(400, fault);
    const age = now().getTime() / 1_000 - Number(body['date_happened']);
    if (age > EVENT_BEHIND) return refused(400, 'the event is too old');
    events.push(body);
    return json(202, { status: 'ok', event: { ...body, id: events.length } });
  }

  function takeSeries(text: string, body: Body): VendorReply {
    const fault = validate('v2', 'MetricPayload', body);
    if (fault !== undefined) return refused(400, fault);
    if (Buffer.byteLength(text) > SERIES_BYTES) return refused(413, 'Payload too big');
    for (const { metric, tags, points, type, interval } of listOf(body['series'])) {
      // Counts and rates are per interval.
      if ((type === 1 || type === 2) && !interval) return refused(400, 'interval is missing');
      for (const { timestamp, value } of listOf(points)) {
        if (!isTimely(Number(timestamp))) continue;
        const point = { metric: String(metric), tags: tags as string[], type };
        series.set(JSON.stringify([metric, tags, timestamp]), {
          ...point,
          timestamp: Number(timestamp),
          value: Number(value),
        });
      }
    }
    return json(202, { errors: [] });
  }

  function takeDistributions(body: Body): VendorReply {
    const fault = validate('v1', 'DistributionPointsPayload', body);
    if (fault !== undefined) return refused(400, fault);
    for (const { metric, tags, points } of listOf(body['series'])) {
      for (const [timestamp, values] of points as [number, number[]][]) {
        if (!isTimely(timestamp)) continue;
        for (const value of values) {
          distributions.push({ metric: String(metric), tags: tags as string[], timestamp, value });
        }
      }
    }
    return json(202, { status: 'ok' });
  }

  function takeDora(into: Body[], what: 'Deployment' | 'Failure', body: Body): VendorReply {
    const fault = validate('v2', `DORA${what}Request`, body);
    if (fault !== undefined) return refused(400, fault);
    const attributes = objectOf(objectOf(body['data'])['attributes']);
    const index = into.findIndex(({ id }) => id === attributes['id']);
    if (index >= 0) into[index] = attributes;
    else into.push(attributes);
    const type = `dora_${what.toLowerCase()}`;
    return json(202, { data: { id: attributes['id'], type } });
  }

  return {
    events,
    deployments,
    failures,
    points: (metric) => [...series.values()].filter((point) => point.metric === metric),
    values: (metric) => distributions.filter((point) => point.metric === metric),
    answer(route, text, body) {
      switch (route) {
        case 'POST /api/v1/events':
          return takeEvent(body);
        case 'POST /api/v2/series':
          return takeSeries(text, body);
        case 'POST /api/v1/distribution_points':
          return takeDistributions(body);
        case 'POST /api/v2/dora/deployment':
          return takeDora(deployments, 'Deployment', body);
        case 'POST /api/v2/dora/failure':
          return takeDora(failures, 'Failure', body);
        default:
          return undefined;
      }
    },
  };
}
