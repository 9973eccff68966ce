import { AdapterError } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { Answer } from '../destination.ts';
import { PAGERDUTY } from './client.ts';
import type { PagerdutyClient } from './client.ts';
import { dedupKey } from './dedup-key.ts';
import type { RestOptions } from './options.ts';
import { toDetails, toSummary } from './payload.ts';
import type { Alert } from './payload.ts';
import { mendOf } from './mend.ts';
import { refused } from '../vendor/refused.ts';

/**
 * The REST road, for a service without an Events API v2 integration. The incident key does what the dedup key does,
 * but an open incident must be looked for: a second create is refused.
 */
export async function sendIncident(
  client: PagerdutyClient,
  { serviceId, fromEmail }: RestOptions,
  alert: Alert,
  signal: AbortSignal,
): Promise<Answer> {
  if (fromEmail === undefined) {
    throw new AdapterError(
      'vendor-rejected',
      `${PAGERDUTY}: service ${serviceId} has no Events API v2 integration; add one, or set from_email`,
    );
  }
  const key = dedupKey(alert.delivery.facts);
  if (alert.action === 'trigger') return trigger();
  const open = await findOpen();
  if (open === undefined) return { state: 'suppressed', detail: 'no incident is open' };
  await update('PUT', '/incidents', { incidents: [resolved(open, alert)] });
  return accepted('by the REST API');

  async function trigger(): Promise<Answer> {
    const incident = {
      type: 'incident',
      title: toSummary(alert),
      service: { id: serviceId, type: 'service_reference' },
      urgency: alert.severity === 'critical' ? 'high' : 'low',
      incident_key: key,
      body: { type: 'incident_body', details: toDetails(alert) },
    };
    const created = await post(incident);
    if (created.status === 201) return accepted('by the REST API');
    if (created.status !== 400) throw refused(PAGERDUTY, created, mendOf(created));
    const open = await findOpen();
    if (open !== undefined) {
      await update('POST', `/incidents/${encodeURIComponent(open)}/notes`, {
        note: { content: toDetails(alert) },
      });
      return accepted('by the REST API, as a note on the open incident');
    }
    const { type, title, service, incident_key } = incident;
    const bare = await post({ type, title, service, incident_key });
    if (bare.status === 201) {
      return accepted(`as plain text: ${rejection(PAGERDUTY, created).message}`);
    }
    throw refused(PAGERDUTY, bare, mendOf(bare));
  }

  function post(incident: object) {
    return client.rest({ method: 'POST', path: '/incidents', data: { incident } }, signal);
  }

  async function update(method: 'POST' | 'PUT', path: string, data: object): Promise<void> {
    const answer = await client.rest({ method, path, data }, signal);
    if (answer.status !== 200 && answer.status !== 201) {
      throw refused(PAGERDUTY, answer, mendOf(answer));
    }
  }

  async function findOpen(): Promise<string | undefined> {
    const query = {
      incident_key: key,
      'service_ids[]': serviceId,
      'statuses[]': ['triggered', 'acknowledged'],
    };
    const answer = await client.rest({ method: 'GET', path: '/incidents', query }, signal);
    if (answer.status !== 200) throw refused(PAGERDUTY, answer, mendOf(answer));
    const { incidents } = (answer.data ?? {}) as { incidents?: { id: string }[] };
    if (!Array.isArray(incidents)) {
      throw new AdapterError('vendor-unreachable', `${PAGERDUTY} answered 200 without incidents`);
    }
    return incidents[0]?.id;
  }
}

function resolved(id: string, alert: Alert) {
  return { id, type: 'incident_reference', status: 'resolved', resolution: toSummary(alert) };
}

function accepted(detail: string): Answer {
  return { state: 'accepted', detail };
}
