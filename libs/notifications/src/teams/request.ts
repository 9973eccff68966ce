import type { Preview } from '../preview.ts';
import { hideWebhook } from '../vendor/hide.ts';
import type { TeamsPayload } from './client.ts';
import type { TeamsOptions } from './options.ts';

/** Of every message. */
export const HEADERS = { 'content-type': 'application/json' };

export function toPreview(
  { webhookUrl, apiUrl }: TeamsOptions,
  { channel, payload }: { readonly channel: string; readonly payload: TeamsPayload },
): Preview {
  return {
    channel,
    method: 'POST',
    url: hideWebhook(webhookUrl, apiUrl),
    headers: HEADERS,
    body: payload,
  };
}
