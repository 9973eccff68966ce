import { AdapterError, NOTIFIED_KINDS } from '@fairlead/contracts';
import type { Delivery } from '@fairlead/contracts';
import type { EventAnswer, EventSink } from '../../monitoring-system.ts';
import { keyTag, outcomeTag, partOf, spanTags, tagsOf, textOf } from './annotation.ts';
import type { GrafanaClient } from '../client.ts';
import { listOf } from '../json.ts';

interface Annotation {
  readonly id: number;
  readonly tags: readonly string[];
}

const ANNOTATIONS = '/api/annotations';
/** Of one deployment there are a dozen at most. */
const LIMIT = 20;

const KEPT: EventAnswer = { state: 'accepted' };

/**
 * Annotations that dashboards ask for by the tag `deployment`: one span for a deployment, open from its first event to
 * its last, and points for what happens on the way. Each carries the keys of the deliveries that made it, so that a
 * repeat is recognised, and an answer that got lost is looked for before anything is sent again.
 */
export function createEventSink(client: GrafanaClient): EventSink {
  async function find(
    tags: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Annotation[]> {
    const query = new URLSearchParams(tags.map((tag): [string, string] => ['tags', tag]));
    query.set('type', 'annotation');
    query.set('limit', String(LIMIT));
    const path = `${ANNOTATIONS}?${query.toString()}`;
    const { body } = await client.call({ method: 'GET', path }, signal);
    if (!Array.isArray(body)) throw notGrafana();
    return listOf(body).flatMap(({ id, tags: found }) =>
      typeof id === 'number' && Array.isArray(found) ? [{ id, tags: found.map(String) }] : [],
    );
  }

  async function add(annotation: object, signal: AbortSignal): Promise<EventAnswer> {
    const call = { method: 'POST', path: ANNOTATIONS, body: annotation } as const;
    await client.call(call, signal);
    return KEPT;
  }

  async function addOnce(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer> {
    // A beginning that comes late, after the end, has its span already.
    const opens = partOf(delivery) === 'opens';
    const told = await find(opens ? spanTags(delivery) : [keyTag(delivery)], signal);
    if (told.length > 0) return KEPT;
    const time = Date.parse(delivery.event.at);
    return add({ time, tags: tagsOf(delivery), text: textOf(delivery) }, signal);
  }

  async function close(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer> {
    const [span] = await find(spanTags(delivery), signal);
    if (span === undefined) return addWhole(delivery, signal);
    if (span.tags.includes(keyTag(delivery))) return KEPT;
    const body = {
      timeEnd: Date.parse(delivery.event.at),
      tags: [...span.tags, outcomeTag(delivery), keyTag(delivery)],
      text: textOf(delivery),
    };
    const path = `${ANNOTATIONS}/${span.id}`;
    const { status } = await client.call({ method: 'PATCH', path, body, but: [404] }, signal);
    return status === 404 ? addWhole(delivery, signal) : KEPT;
  }

  /** Its beginning was never taken, or somebody deleted it. */
  function addWhole(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer> {
    const time = Date.parse(delivery.facts.startedAt);
    const timeEnd = Date.parse(delivery.event.at);
    const tags = [...tagsOf(delivery), outcomeTag(delivery)];
    return add({ time, timeEnd, tags, text: textOf(delivery) }, signal);
  }

  return {
    kinds: NOTIFIED_KINDS,
    send(delivery, signal) {
      return partOf(delivery) === 'closes' ? close(delivery, signal) : addOnce(delivery, signal);
    },
  };
}

function notGrafana(): AdapterError {
  return new AdapterError(
    'vendor-rejected',
    'grafana answered a question for annotations without a list of them; check grafana_url',
  );
}
