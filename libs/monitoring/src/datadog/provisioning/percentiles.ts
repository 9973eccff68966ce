import { AdapterError } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import { bodyOf, textOf, wireOf } from '../answer.ts';
import type { Wire } from '../answer.ts';
import { DATADOG } from '../client.ts';
import type { DatadogClient } from '../client.ts';
import { DURATION_METRIC, DURATION_TAGS } from '../events/totals.ts';

const BY_HAND = `switch on percentiles of ${DURATION_METRIC} in Datadog's metrics summary`;

/**
 * Whether the duration has percentiles, which Datadog reckons only where they are asked for. Best effort: the rest of
 * a dashboard does without.
 */
export async function planPercentiles(
  client: DatadogClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  return bestEffort(async () => {
    const present = await readConfiguration(client, signal);
    return present?.['include_percentiles'] === true
      ? undefined
      : `percentiles of ${DURATION_METRIC} are to be switched on`;
  });
}

/** Says what was done, or what a person has to do; nothing where they are on. */
export async function applyPercentiles(
  client: DatadogClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  return bestEffort(async () => {
    const present = await readConfiguration(client, signal);
    if (present?.['include_percentiles'] === true) return undefined;
    const answer = await client.ask(
      ({ metrics }) =>
        present === undefined
          ? metrics.createTagConfiguration({ metricName: DURATION_METRIC, body: CREATED })
          : metrics.updateTagConfiguration({ metricName: DURATION_METRIC, body: UPDATED }),
      signal,
    );
    if (answer.status < 300) return `percentiles of ${DURATION_METRIC} switched on`;
    throw rejection(DATADOG, answer);
  });
}

/** What was made by `applyPercentiles`; another one is a person's. */
export async function removePercentiles(client: DatadogClient, signal: AbortSignal): Promise<void> {
  await bestEffort(async () => {
    const present = await readConfiguration(client, signal);
    if (present === undefined || !isOurs(present)) return undefined;
    await client.ask(
      ({ metrics }) => metrics.deleteTagConfiguration({ metricName: DURATION_METRIC }),
      signal,
    );
    return undefined;
  });
}

const CONFIGURATION = { id: DURATION_METRIC, type: 'manage_tags' } as const;
const CREATED = {
  data: {
    ...CONFIGURATION,
    attributes: {
      metricType: 'distribution',
      tags: DURATION_TAGS,
      includePercentiles: true,
    },
  },
} as const;
/** A person's choice of tags stays. */
const UPDATED = { data: { ...CONFIGURATION, attributes: { includePercentiles: true } } } as const;

async function readConfiguration(
  client: DatadogClient,
  signal: AbortSignal,
): Promise<Wire | undefined> {
  const answer = await client.ask(
    ({ metrics }) => metrics.listTagConfigurationByName({ metricName: DURATION_METRIC }),
    signal,
  );
  if (answer.status === 404) return undefined;
  return wireOf(wireOf(wireOf(bodyOf(answer))['data'])['attributes']);
}

function isOurs({ tags, include_percentiles: percentiles }: Wire): boolean {
  const names = Array.isArray(tags) ? tags.map(textOf).toSorted() : [];
  return percentiles === true && names.join() === DURATION_TAGS.toSorted().join();
}

async function bestEffort(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return `percentiles could not be switched on (${error.message}); after the first deployment apply again, or ${BY_HAND}`;
  }
}
