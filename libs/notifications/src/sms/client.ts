import type TwilioLibrary from 'twilio';
import { createExchange } from './exchange.ts';
import type { Exchange, Outcome } from './exchange.ts';
import type { SmsOptions } from './options.ts';

/** What is not sent by then is old news: the record has it. Seconds; Twilio would keep it for ten hours. */
const VALIDITY_SECONDS = 3_600;

interface Sms {
  readonly to: string;
  readonly body: string;
}

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
  const { accountSid, authToken, fromNumber, apiUrl } = options;

  async function send({ to, body }: Sms, exchange: Exchange): Promise<void> {
    const { default: twilio } = await import('twilio');
    const library = twilio(accountSid, authToken, {
      // Retries are Temporal's.
      autoRetry: false,
      // Of the whole class it calls this one method.
      httpClient: exchange as unknown as HttpClient,
    });
    const validityPeriod = VALIDITY_SECONDS;
    await library.messages.create({ to, from: fromNumber, body, validityPeriod });
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
