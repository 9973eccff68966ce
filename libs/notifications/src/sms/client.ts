import type TwilioLibrary from 'twilio';
import { createExchange } from './exchange.ts';
import type { Exchange, Outcome } from './exchange.ts';
import type { SmsOptions } from './options.ts';
import { toMessage } from './request.ts';
import type { Sms } from './request.ts';

/** One attempt at one message. */
export interface SmsCall {
  /** What is known by now; final once `ended`. */
  readonly outcome: () => Outcome;
  /** Soon after the signal at the latest. Never rejects. */
  readonly ended: Promise<void>;
}

export interface SmsClient {
  post(sms: Sms, signal: AbortSignal): SmsCall;
}

type ClientOptions = NonNullable<Parameters<typeof TwilioLibrary>[2]>;
type HttpClient = NonNullable<ClientOptions['httpClient']>;

export function createSmsClient(options: SmsOptions): SmsClient {
  const { accountSid, authToken, apiUrl } = options;

  async function send(sms: Sms, exchange: Exchange): Promise<void> {
    const { default: twilio } = await import('twilio');
    const library = twilio(accountSid, authToken, {
      // Retries are Temporal's.
      autoRetry: false,
      // Of the whole class it calls this one method.
      httpClient: exchange as unknown as HttpClient,
    });
    await library.messages.create({ ...toMessage(sms, options) });
  }

  return {
    post(sms, signal) {
      const exchange = createExchange(apiUrl, signal);
      // The exchange has seen what came back; the library's own error holds less of it.
      const ended = send(sms, exchange).then(exchange.end, exchange.end);
      return { outcome: exchange.outcome, ended };
    },
  };
}
