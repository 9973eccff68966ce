import { AdapterError, CDEVENTS_TOOL } from '@fairlead/contracts';
import { createVendorCall, rejection } from '@fairlead/vendor';
import type { MonitoringSystem } from '../monitoring-system.ts';
import { cloudEventOf } from './cloud-event.ts';
import type { CDEventsOptions } from './options.ts';

const CDEVENTS = 'cdevents';
/** Who validates a webhook by CloudEvents' own handshake wants to be told for whom. */
const ORIGIN = 'fairlead';
const CREDENTIALS: readonly number[] = [401, 403];

/** An event bus or portal that takes CDEvents: how deployments ended, Fairlead's and other tools'. */
export function createCDEvents({ url, token }: CDEventsOptions): MonitoringSystem {
  async function call(init: RequestInit, headers: Record<string, string>, signal: AbortSignal) {
    const vendor = createVendorCall(CDEVENTS, signal);
    await vendor.fetch(url, { ...init, headers: withToken(headers, token) }).catch(() => undefined);
    // Tells what came of it, whatever `fetch` made of that.
    return vendor.answer();
  }
  return {
    name: CDEVENTS,
    events: {
      kinds: ['deployment-completed', 'rollback-completed'],
      async send(delivery, signal) {
        const { facts, event } = delivery;
        // It would come round again.
        if (facts.source === 'events' && facts.tool === CDEVENTS_TOOL) {
          return { state: 'suppressed', detail: 'it came as a CDEvent' };
        }
        if (event.mark === 'test') {
          await call({ method: 'OPTIONS' }, { 'webhook-request-origin': ORIGIN }, signal);
          return { state: 'suppressed', detail: 'a test is no deployment' };
        }
        const body = JSON.stringify(cloudEventOf(delivery));
        const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
        const answer = await call({ method: 'POST', body }, headers, signal);
        if (answer.status < 200 || answer.status >= 300) throw rejection(CDEVENTS, answer);
        return { state: 'accepted' };
      },
    },
    async reach(signal) {
      const answer = await call(
        { method: 'OPTIONS' },
        { 'webhook-request-origin': ORIGIN },
        signal,
      );
      // Few take the handshake; all that answer are there.
      if (CREDENTIALS.includes(answer.status)) throw rejection(CDEVENTS, answer);
    },
  };
}

function withToken(headers: Record<string, string>, token: string | undefined): Headers {
  try {
    return new Headers({
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    });
  } catch {
    throw new AdapterError('vendor-rejected', 'cdevents: token holds what no token does');
  }
}
