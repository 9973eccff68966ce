import { AdapterError } from '@fairlead/contracts';
import { IncomingWebhook } from '@slack/webhook';
import type { IncomingWebhookSendArguments } from '@slack/webhook';
import { createVendorCall } from '../vendor/vendor-call.ts';
import type { VendorAnswer } from '../vendor/policy.ts';
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
      if (url === undefined) throw noAddress(name);
      const call = createVendorCall(name, signal);
      // Retries are Temporal's.
      const webhook = new IncomingWebhook(url, { fetch: call.fetch, retryConfig: { retries: 0 } });
      // The call has seen what came back; the library's own error holds less of it.
      await webhook.send(payload).catch(() => undefined);
      return call.answer();
    },
  };
}

/** Undefined when it is no address. */
function behind(apiUrl: string, webhookUrl: string): string | undefined {
  const path = URL.parse(webhookUrl)?.pathname;
  return path === undefined ? undefined : apiUrl.replace(/\/+$/, '') + path;
}

/** The webhook's address is its password: it is not quoted. */
function noAddress(name: string): AdapterError {
  return new AdapterError(
    'vendor-rejected',
    `${name}: no request can be made of webhook_url and api_url; they are http(s) URLs`,
  );
}
