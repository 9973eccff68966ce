import { IncomingWebhook } from '@slack/webhook';
import type { IncomingWebhookSendArguments } from '@slack/webhook';
import { createVendorCall } from '../vendor/vendor-call.ts';
import type { VendorAnswer } from '../vendor/vendor-call.ts';
import type { SlackOptions } from './options.ts';

export type SlackPayload = IncomingWebhookSendArguments;

export interface SlackClient {
  /** @throws AdapterError what may be tried again; what Slack refuses is an answer */
  post(payload: SlackPayload, signal: AbortSignal): Promise<VendorAnswer>;
}

export function createSlackClient({ name, webhookUrl, apiUrl }: SlackOptions): SlackClient {
  const url = apiUrl === undefined ? webhookUrl : behind(apiUrl, webhookUrl);
  return {
    async post(payload, signal) {
      const call = createVendorCall(name, signal);
      // Retries are Temporal's.
      const webhook = new IncomingWebhook(url, { fetch: call.fetch, retryConfig: { retries: 0 } });
      // The call has seen what came back; the library's own error holds less of it.
      await webhook.send(payload).catch(() => undefined);
      return call.answer();
    },
  };
}

function behind(apiUrl: string, webhookUrl: string): string {
  return apiUrl.replace(/\/+$/, '') + new URL(webhookUrl).pathname;
}
