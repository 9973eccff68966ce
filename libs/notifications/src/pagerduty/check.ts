import type { Finding } from '../check.ts';
import { untriable } from '../check.ts';
import { createPagerdutyClient, PAGERDUTY } from './client.ts';
import type { PagerdutyClient } from './client.ts';
import type { LibraryAnswer } from './library-call.ts';
import type { PagerdutyOptions } from './options.ts';
import { createRoutingKey } from './routing-key.ts';

/**
 * The service, and by which road its incidents go. Opens none.
 * @throws AdapterError of the `vendor-…` types
 */
export async function checkPagerduty(
  options: PagerdutyOptions,
  signal: AbortSignal,
): Promise<Finding> {
  const { keys } = options;
  if (!('apiKey' in keys)) {
    return untriable(PAGERDUTY, 'a routing key cannot be tried without an event');
  }
  const { serviceId, fromEmail } = keys;
  const { client, last } = remembering(createPagerdutyClient(options));
  const routingKey = await createRoutingKey(client, serviceId).current(signal);
  const status = statusOf(last());
  if (status === 'disabled') {
    const detail = `service ${serviceId} is disabled: it takes events and wakes nobody`;
    return { state: 'fail', detail, mend: 'enable it in PagerDuty' };
  }
  if (routingKey === undefined && fromEmail === undefined) {
    const detail = `service ${serviceId} has no Events API v2 integration`;
    const mend = 'add one, or set notification.pagerduty.from_email';
    return { state: 'fail', detail, mend, fault: 'configuration' };
  }
  if (status === 'maintenance') {
    const detail = `service ${serviceId} is in a maintenance window: nobody is woken until it ends`;
    return { state: 'warn', detail, mend: 'end the window in PagerDuty, unless it is meant' };
  }
  const road = routingKey === undefined ? 'the REST API' : 'Events API v2';
  return { state: 'ok', detail: `service ${serviceId} is there, incidents go by ${road}` };
}

/** What looks the key up reads the whole service, and hands on the key alone. */
function remembering(client: PagerdutyClient) {
  let answer: LibraryAnswer | undefined;
  return {
    client: {
      ...client,
      rest: async (...call: Parameters<PagerdutyClient['rest']>) =>
        (answer = await client.rest(...call)),
    },
    last: () => answer,
  };
}

/** https://developer.pagerduty.com/api-reference: active, warning, critical, maintenance or disabled. */
function statusOf(answer: LibraryAnswer | undefined): unknown {
  const { service } = (answer?.data ?? {}) as { readonly service?: { readonly status?: unknown } };
  return service?.status;
}
