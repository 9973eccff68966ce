import { AdapterError } from '@fairlead/contracts';
import type { Answer } from '../destination.ts';
import type { PagerdutyClient } from './client.ts';
import { sendEvent } from './events.ts';
import { sendIncident } from './incidents.ts';
import type { PagerdutyOptions, RestOptions } from './options.ts';
import type { Alert } from './payload.ts';
import { createRoutingKey } from './routing-key.ts';

export type Road = (alert: Alert, signal: AbortSignal) => Promise<Answer>;

/** Events API v2 wherever there is a key for it; incidents of the REST API are the fall-back. */
export function createRoad(client: PagerdutyClient, keys: PagerdutyOptions['keys']): Road {
  if ('apiKey' in keys) return roadOfService(client, keys);
  return (alert, signal) => sendEvent(client, keys.routingKey, alert, signal);
}

function roadOfService(client: PagerdutyClient, service: RestOptions): Road {
  const routingKey = createRoutingKey(client, service.serviceId);

  function send(key: string | undefined, alert: Alert, signal: AbortSignal): Promise<Answer> {
    if (key === undefined) return sendIncident(client, service, alert, signal);
    return sendEvent(client, key, alert, signal);
  }

  return async (alert, signal) => {
    const key = await routingKey.current(signal);
    try {
      return await send(key, alert, signal);
    } catch (error) {
      if (key === undefined || !isRejection(error)) throw error;
      const renewed = await routingKey.renew(signal);
      if (renewed === key) throw error;
      return await send(renewed, alert, signal);
    }
  };
}

function isRejection(error: unknown): boolean {
  return error instanceof AdapterError && error.type === 'vendor-rejected';
}
