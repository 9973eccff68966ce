import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Delivery } from '@fairlead/contracts';
import type { EventAnswer, EventSink } from '../../monitoring-system.ts';
import { assertTaken } from '../answer.ts';
import type { DatadogApis, DatadogClient } from '../client.ts';
import type { DatadogOptions } from '../options.ts';
import { toDoraDeployment, toDoraFailure } from './dora.ts';
import { endingOf } from './ending.ts';
import type { Ending } from './ending.ts';
import { toEvent } from './event-body.ts';
import { createProgress } from './progress.ts';
import { toCounts, toDurations } from './totals.ts';

/** https://docs.datadoghq.com/api/latest/events/: older ones are not taken. */
const EVENT_LIMIT_MS = 18 * 3_600_000;
/** https://docs.datadoghq.com/api/latest/metrics/#submit-metrics: older points are dropped without a word. */
const POINT_LIMIT_MS = 3_600_000;

/** An event of each kind; with the one that ends a deployment, its counts and durations as well. */
export function createEventSink(
  client: DatadogClient,
  { dora, linkTo }: DatadogOptions,
  now: () => Date,
): EventSink {
  const progress = createProgress();

  async function send(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer> {
    const ageMs = now().getTime() - Date.parse(delivery.event.at);
    if (ageMs > EVENT_LIMIT_MS) return { state: 'dead', detail: TOO_OLD };
    const ending = endingOf(delivery);
    const isLate = ending !== undefined && ageMs > POINT_LIMIT_MS;

    async function part(
      name: string,
      what: (apis: DatadogApis) => Promise<unknown>,
    ): Promise<void> {
      await progress.once(delivery.key, name, async () => {
        assertTaken(await client.ask(what, signal));
      });
    }

    // First what may be repeated: it overwrites, or is recognised by its ID. An event is only grouped with its repeat,
    // and a distribution counts it again.
    if (ending !== undefined && !isLate) {
      const series = toCounts(delivery, ending);
      await part('counts', ({ metrics }) => metrics.submitMetrics({ body: { series } }));
    }
    if (dora) await sendDora(delivery, ending, part);
    const event = toEvent(delivery, ending, linkTo?.(delivery.facts.deploymentId));
    await part('event', ({ events }) => events.createEvent({ body: event }));
    if (ending !== undefined && !isLate) {
      const series = toDurations(delivery, ending);
      await part('durations', ({ metricsV1 }) =>
        metricsV1.submitDistributionPoints({ body: { series } }),
      );
    }
    return { state: 'accepted', ...(isLate ? { detail: TOO_LATE_TO_COUNT } : {}) };
  }

  return { kinds: NOTIFIED_KINDS, send };
}

const TOO_OLD = 'datadog takes no event that is older than 18 hours; nothing was sent';
const TOO_LATE_TO_COUNT =
  'as an event only: datadog takes no metric that is older than an hour, so this deployment is in no count';

async function sendDora(
  delivery: Delivery,
  ending: Ending | undefined,
  part: (name: string, what: (apis: DatadogApis) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  if (ending !== undefined) {
    const attributes = toDoraDeployment(delivery);
    await part('dora deployment', ({ dora }) =>
      dora.createDORADeployment({ body: { data: { attributes } } }),
    );
  }
  const failure = toDoraFailure(delivery, ending);
  if (failure !== undefined) {
    await part('dora failure', ({ dora }) =>
      dora.createDORAFailure({ body: { data: { attributes: failure } } }),
    );
  }
}
