import { AdapterError } from '@fairlead/contracts';
import { assertFinal, retryAfterMs } from '@fairlead/vendor';
import type TwilioLibrary from 'twilio';
import { createExchange } from './exchange.ts';
import type { Outcome } from './exchange.ts';
import type { SmsOptions } from './options.ts';
import { verdictOf } from './verdict.ts';

/** Names the channel in errors. */
const SMS = 'sms';
/** Where Twilio throttles and names no time. */
const DEFAULT_WAIT_MS = 1_000;

type Library = ReturnType<typeof TwilioLibrary>;
type HttpClient = NonNullable<NonNullable<Parameters<typeof TwilioLibrary>[2]>['httpClient']>;
/** Of which only what has the form that it must have may be used. */
type Resource = Readonly<Record<string, unknown>>;

/**
 * One reading call by the library, seen from below as a message is.
 * @throws AdapterError of the `vendor-…` types
 */
export async function ask(
  { accountSid, authToken, apiUrl }: SmsOptions,
  signal: AbortSignal,
  question: (library: Library) => Promise<unknown>,
): Promise<Resource> {
  const exchange = createExchange(apiUrl, signal);
  const asked = async () => {
    const { default: twilio } = await import('twilio');
    const httpClient = exchange as unknown as HttpClient;
    await question(twilio(accountSid, authToken, { autoRetry: false, httpClient }));
  };
  await asked().then(exchange.end, exchange.end);
  return resourceOf(exchange.outcome());
}

function resourceOf(outcome: Outcome): Resource {
  if (outcome.state === 'answered') {
    const { status, text, retryAfter } = outcome.answer;
    const waits = { retryAfterMs: retryAfterMs(retryAfter), defaultWaitMs: DEFAULT_WAIT_MS };
    assertFinal(SMS, status, waits);
    if (status === 200) return parse(text);
  }
  const verdict = verdictOf(SMS, outcome);
  if (verdict instanceof AdapterError) throw verdict;
  throw new AdapterError('vendor-unreachable', `${SMS}: no answer came`);
}

function parse(text: string): Resource {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
