import { createVendorCall } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import { IncomingWebhook } from '@slack/webhook';
import type { IncomingWebhookSendArguments } from '@slack/webhook';
import { addressOf, hideSecrets } from '../vendor/webhook-address.ts';
import type { SlackOptions } from './options.ts';

export type SlackPayload = IncomingWebhookSendArguments;

export interface SlackClient {
  /**
   * The answer is free of the webhook's secrets.
   * @throws AdapterError what may be tried again, and `vendor-rejected` when no request can be made; what Slack refuses
   * is an answer
   */
  post(payload: SlackPayload, signal: AbortSignal): Promise<VendorAnswer>;
}

export function createSlackClient(options: SlackOptions): SlackClient {
  const { name } = options;
  return {
    async post(payload, signal) {
      const address = addressOf(name, options);
      const call = createVendorCall(name, signal);
      // Retries are Temporal's.
      const webhook = new IncomingWebhook(address, {
        fetch: call.fetch,
        retryConfig: { retries: 0 },
      });
      // The call has seen what came back; the library's own error holds less of it.
      await webhook.send(payload).catch(() => undefined);
      const { status, text } = call.answer();
      return { status, text: hideSecrets(text, address) };
    },
  };
}
