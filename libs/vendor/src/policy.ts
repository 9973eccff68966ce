import { AdapterError } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';

/** Longest answer that is read; what comes after it tells nothing more. */
export const ANSWER_LIMIT_BYTES = 64 * 1024;
/** Longest part of an answer that is told on. */
const QUOTE_LENGTH = 200;

/** What a vendor answered that it will answer again, however often it is asked. */
export interface VendorAnswer {
  readonly status: number;
  readonly text: string;
}

export interface Waits {
  /** What the vendor asked for, if it did. */
  readonly retryAfterMs: number | undefined;
  /** Where it throttles and names no time. */
  readonly defaultWaitMs: number;
}

/**
 * Whether asking again would change the answer: the policy of every channel.
 * @throws AdapterError `vendor-throttled` at 429; `vendor-unreachable` at 408 and from 500 on
 */
export function assertFinal(vendor: string, status: number, waits: Waits): void {
  const { retryAfterMs, defaultWaitMs } = waits;
  if (status === 429) {
    const wait = { retryAfterMs: retryAfterMs ?? defaultWaitMs };
    throw new AdapterError('vendor-throttled', `${vendor} answered 429`, wait);
  }
  if (status === 408 || status >= 500) {
    throw new AdapterError('vendor-unreachable', `${vendor} answered ${status}`, { retryAfterMs });
  }
}

/** An answer that is no success is final here: configuration or payload must change. */
export function rejection(vendor: string, { status, text }: VendorAnswer): AdapterError {
  const quote = cleanText(text, QUOTE_LENGTH);
  return new AdapterError(
    'vendor-rejected',
    `${vendor} answered ${status}${quote === '' ? '' : `: ${quote}`}${mendOf(status)}`,
  );
}

function mendOf(status: number): string {
  if (status === 401 || status === 403) return '; renew its credentials';
  if (status >= 300 && status < 400) return '; it redirects: configure the address it moved to';
  return '';
}

/** Of a header `Retry-After`, in seconds or as a date; undefined when it says nothing of use. */
export function retryAfterMs(value: string | null | undefined): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
