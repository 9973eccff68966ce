import { AdapterError } from '@fairlead/contracts';
import { cleanText } from '../message/clean-text.ts';

/** Longest answer that is read; what comes after it tells nothing more. */
const ANSWER_LIMIT_BYTES = 64 * 1024;
/** Longest part of an answer that is told on. */
const QUOTE_LENGTH = 200;
/** Where a vendor throttles and names no time. */
const DEFAULT_WAIT_MS = 1_000;

/** What a vendor answered that it will answer again, however often it is asked. */
export interface VendorAnswer {
  readonly status: number;
  readonly text: string;
}

/** One call by a vendor's library, seen from below: libraries lose headers and wrap errors, each in its own way. */
export interface VendorCall {
  /** For the library. Follows no redirect, reads at most 64 KiB, ends with the signal. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * What came of it, once the library has ended.
   * @throws AdapterError `vendor-unreachable` or `vendor-throttled`, to be tried again
   */
  answer(): VendorAnswer;
}

/** `vendor` names it in errors: the URL may be a secret and is never told. */
export function createVendorCall(vendor: string, signal: AbortSignal): VendorCall {
  let outcome: VendorAnswer | AdapterError | undefined;

  async function send(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    try {
      const response = await globalThis.fetch(input, { ...init, redirect: 'manual', signal });
      const text = await readSome(response);
      outcome = judge(vendor, response, text);
      const { status, headers } = response;
      return new Response(isEmpty(status) ? null : text, { status, headers: new Headers(headers) });
    } catch (error) {
      outcome = unreachable(vendor, error, signal);
      throw outcome;
    }
  }

  return {
    fetch: send,
    answer() {
      if (outcome === undefined) throw new Error(`${vendor}: the library made no call`);
      if (outcome instanceof AdapterError) throw outcome;
      return outcome;
    },
  };
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

function judge(vendor: string, { status, headers }: Response, text: string) {
  if (status === 429) {
    const retryAfterMs = retryAfter(headers.get('retry-after')) ?? DEFAULT_WAIT_MS;
    return new AdapterError('vendor-throttled', `${vendor} answered 429`, { retryAfterMs });
  }
  if (status === 408 || status >= 500) {
    const retryAfterMs = retryAfter(headers.get('retry-after'));
    return new AdapterError('vendor-unreachable', `${vendor} answered ${status}`, { retryAfterMs });
  }
  return { status, text };
}

/** Seconds, or a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

/** Only the code is told: messages of the network quote addresses, and a webhook's address is its password. */
function unreachable(vendor: string, error: unknown, signal: AbortSignal): AdapterError {
  if (signal.aborted && signal.reason instanceof AdapterError) return signal.reason;
  const { cause } = error as { cause?: { code?: unknown } };
  const code = typeof cause?.code === 'string' ? ` (${cause.code})` : '';
  return new AdapterError('vendor-unreachable', `${vendor} could not be reached${code}`);
}

async function readSome({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const left = ANSWER_LIMIT_BYTES - bytes;
    bytes += chunk.byteLength;
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    // Leaving the loop cancels the rest.
    if (bytes >= ANSWER_LIMIT_BYTES) break;
  }
  return text;
}

function isEmpty(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
