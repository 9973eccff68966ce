import { AdapterError } from '@fairlead/contracts';
import { PAGERDUTY } from './client.ts';
import type { PagerdutyClient } from './client.ts';
import { refused } from '../vendor/refused.ts';

/** https://developer.pagerduty.com/api-reference: type of an integration whose key Events API v2 takes. */
const EVENTS_V2 = 'events_api_v2_inbound_integration';

/** The integration key of a service. Undefined: it has no such integration (yet: that is asked each time). */
export interface RoutingKey {
  /** Looked up once. */
  current(signal: AbortSignal): Promise<string | undefined>;
  /** Looked up again, for one that was refused. */
  renew(signal: AbortSignal): Promise<string | undefined>;
}

export function createRoutingKey(client: PagerdutyClient, serviceId: string): RoutingKey {
  let known: Promise<string | undefined> | undefined;

  /** Those that ask meanwhile wait for the same answer: it ends with the signal of the first, which ends first. */
  async function renew(signal: AbortSignal): Promise<string | undefined> {
    const asked = findRoutingKey(client, serviceId, signal);
    known = asked;
    let found: string | undefined;
    try {
      found = await asked;
    } finally {
      if (found === undefined && known === asked) known = undefined;
    }
    return found;
  }

  return { current: (signal) => known ?? renew(signal), renew };
}

async function findRoutingKey(
  client: PagerdutyClient,
  serviceId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const path = `/services/${encodeURIComponent(serviceId)}`;
  const query = { 'include[]': 'integrations' };
  const answer = await client.rest({ method: 'GET', path, query }, signal);
  if (answer.status !== 200) {
    const mend = answer.status === 404 ? 'compare service_id with the service’s page' : undefined;
    throw refused(`${PAGERDUTY} (service ${serviceId})`, answer, mend);
  }
  const { service } = (answer.data ?? {}) as { service?: { integrations?: unknown } };
  if (!Array.isArray(service?.integrations)) {
    throw new AdapterError('vendor-unreachable', `${PAGERDUTY} answered 200 without the service`);
  }
  const integrations = service.integrations as { type?: string; integration_key?: string }[];
  return integrations.find(({ type }) => type === EVENTS_V2)?.integration_key;
}
