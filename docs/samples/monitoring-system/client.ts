import { createVendorCall, rejection } from '@fairlead/vendor';
import type { Line } from './line.ts';
import type { LineWebhookOptions } from './options.ts';

/** Names the system in its destination, its receipts and its errors. */
export const LINE_WEBHOOK = 'line-webhook';

/** The only file that knows how the other side is spoken to. */
export interface LineWebhookClient {
  /**
   * No lines: asks whether the other side is there and takes the token.
   * @throws AdapterError `vendor-unreachable` or `vendor-throttled`, to be tried again; `vendor-rejected`
   */
  post(lines: readonly Line[], signal: AbortSignal): Promise<void>;
}

export function createLineWebhookClient({ url, token }: LineWebhookOptions): LineWebhookClient {
  return {
    async post(lines, signal) {
      const call = createVendorCall(LINE_WEBHOOK, signal);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-ndjson',
      };
      const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      // What came of it, the call tells, whatever `fetch` makes of that.
      await call.fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
      const { status, text } = call.answer();
      if (status < 200 || status > 299) {
        // The other side may repeat what it was sent.
        throw rejection(LINE_WEBHOOK, { status, text: text.replaceAll(token, '[hidden]') });
      }
    },
  };
}
