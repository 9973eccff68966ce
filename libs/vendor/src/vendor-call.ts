import { AdapterError } from '@fairlead/contracts';
import { ANSWER_LIMIT_BYTES, assertFinal, retryAfterMs } from './policy.ts';
import type { VendorAnswer } from './policy.ts';

/** Where a vendor throttles and names no time. */
const DEFAULT_WAIT_MS = 1_000;

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

export interface VendorHabits {
  /** Header with the seconds until it takes calls again, where the vendor has one in place of Retry-After. */
  readonly waitHeader?: string;
}

/** `vendor` names it in errors: the URL may be a secret and is never told. */
export function createVendorCall(
  vendor: string,
  signal: AbortSignal,
  { waitHeader }: VendorHabits = {},
): VendorCall {
  let outcome: VendorAnswer | AdapterError | undefined;

  async function send(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    try {
      const response = await globalThis.fetch(input, { ...init, redirect: 'manual', signal });
      const text = await readSome(response);
      const { status, headers } = response;
      const wait = waitHeader === undefined ? null : headers.get(waitHeader);
      assertFinal(vendor, status, {
        retryAfterMs: retryAfterMs(wait ?? headers.get('retry-after')),
        defaultWaitMs: DEFAULT_WAIT_MS,
      });
      outcome = { status, text };
      return new Response(isEmpty(status) ? null : text, { status, headers: new Headers(headers) });
    } catch (error) {
      outcome = error instanceof AdapterError ? error : unreachable(vendor, error, signal);
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
