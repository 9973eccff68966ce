import type { Alert } from '../../alerts/alert.ts';
import { assertTaken, bodyOf, listOf, textOf, wireOf } from '../answer.ts';
import type { Wire } from '../answer.ts';
import type { DatadogClient, MonitorBody } from '../client.ts';
import { MANAGED_BY } from '../tags.ts';
import { fingerprintOf } from './fingerprint.ts';
import { findMarker, withoutMarker } from './marker.ts';
import { toMonitor } from './monitor-body.ts';
import type { MonitorOptions } from './monitor-body.ts';
import type { Item, Store } from './store.ts';
import { toWanted } from './wanted.ts';

/** A page of ours stays below what is read of an answer: one has about 2 KiB. */
const PAGE_SIZE = 20;
const NO_DIGITS = /\D/;

/** Ours have two tags: whose, and which alert. */
export function createMonitorStore(
  client: DatadogClient,
  alerts: readonly Alert[],
  options: MonitorOptions,
): Store<MonitorBody> {
  async function list(signal: AbortSignal): Promise<readonly Item[]> {
    const found: Item[] = [];
    for (let page = 0; ; page += 1) {
      const asked = { monitorTags: MANAGED_BY, page, pageSize: PAGE_SIZE };
      const answer = await client.ask(({ monitors }) => monitors.listMonitors(asked), signal);
      const monitors = listOf(bodyOf(answer));
      found.push(...monitors.flatMap(toItems));
      if (monitors.length < PAGE_SIZE) return found;
    }
  }

  return {
    thing: 'alert',
    wanted: alerts.map((alert) =>
      toWanted({
        key: alert.id,
        title: alert.title,
        contentOf,
        body: (marker) => toMonitor(alert, options, marker),
      }),
    ),
    list,
    async read(id, signal) {
      const monitorId = Number(id);
      const answer = await client.ask(({ monitors }) => monitors.getMonitor({ monitorId }), signal);
      if (answer.status === 404) return undefined;
      return toItems(wireOf(bodyOf(answer)))[0];
    },
    async create(body, signal) {
      const answer = await client.ask(({ monitors }) => monitors.createMonitor({ body }), signal);
      return textOf(wireOf(bodyOf(answer))['id']);
    },
    async update(id, body, signal) {
      const monitorId = Number(id);
      assertTaken(
        await client.ask(({ monitors }) => monitors.updateMonitor({ monitorId, body }), signal),
      );
    },
    async remove(id, signal) {
      const monitorId = Number(id);
      const answer = await client.ask(
        ({ monitors }) => monitors.deleteMonitor({ monitorId }),
        signal,
      );
      if (answer.status !== 404) assertTaken(answer);
    },
  };
}

/** One, or none where it is not ours. */
function toItems(monitor: Wire): readonly Item[] {
  const tags = Array.isArray(monitor['tags']) ? monitor['tags'].map(textOf) : [];
  const key = tags.find((tag) => tag.startsWith('alert:'))?.slice('alert:'.length);
  const id = textOf(monitor['id']);
  if (!tags.includes(MANAGED_BY) || key === undefined || id === '' || NO_DIGITS.test(id)) return [];
  const content = contentOf(monitor);
  const marker = findMarker(textOf(monitor['message']));
  return [
    {
      id,
      key,
      title: textOf(monitor['name']),
      createdAt: textOf(monitor['created']),
      ...(marker === undefined ? {} : { marker }),
      content,
      fingerprint: fingerprintOf(content),
    },
  ];
}

/** What a person can change. A mute is none: it goes by, and is not ours to judge. */
function contentOf({ name, type, query, message, tags, priority, options }: Wire): Wire {
  const { silenced: _muted, ...rest } = wireOf(options);
  return {
    name,
    type,
    query,
    message: withoutMarker(textOf(message)),
    tags: Array.isArray(tags) ? tags.map(textOf).toSorted() : tags,
    priority,
    options: rest,
  };
}
