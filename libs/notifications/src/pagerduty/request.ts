import type { Preview } from '../preview.ts';
import { HIDDEN } from '../vendor/hide.ts';
import type { PagerdutyEvent } from './payload.ts';

const HOST = 'https://events.pagerduty.com';

/** The body of Events API v2. */
export function toBody(routingKey: string, event: PagerdutyEvent) {
  return { routing_key: routingKey, ...event };
}

/**
 * By Events API v2, the road of every service that has an integration for it: whether it has one, only PagerDuty
 * could say.
 */
export function toPreview(
  apiUrl: string | undefined,
  { channel, event }: { readonly channel: string; readonly event: PagerdutyEvent },
): Preview {
  return {
    channel,
    method: 'POST',
    url: `${(apiUrl ?? HOST).replace(/\/+$/, '')}/v2/enqueue`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: toBody(HIDDEN, event),
  };
}
