import type { Preview } from '../preview.ts';
import { hideWebhook } from '../vendor/hide.ts';
import type { SlackPayload } from './client.ts';
import type { SlackOptions } from './options.ts';

export function toPreview(options: SlackOptions, payload: SlackPayload): Preview {
  const { name, webhookUrl, apiUrl } = options;
  return {
    channel: name,
    method: 'POST',
    url: hideWebhook(webhookUrl, apiUrl),
    headers: { 'content-type': 'application/json' },
    body: payload,
  };
}
