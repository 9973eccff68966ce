import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Agent as HttpAgent } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AdapterError } from '@fairlead/contracts';
import { ANSWER_LIMIT_BYTES, assertFinal } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';

/** https://developer.pagerduty.com/docs/events-api-v2-overview: a 429 of Events names no time. */
const DEFAULT_WAIT_MS = 30_000;
/** https://nodejs.org/api/diagnostics_channel.html#http: `{ request, response }`, once the headers are there. */
const RESPONSES = 'http.client.response.finish';

/** What the library does not know itself it hands on to node-fetch. */
export interface LibrarySettings {
  readonly agent: (url: URL) => HttpAgent;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
  readonly size: number;
  readonly requestTimeout: number;
  readonly retryTimeout: number;
}

export interface LibraryAnswer extends VendorAnswer {
  /** The body; undefined when it is no JSON. */
  readonly data: unknown;
}

export interface LibraryCallOptions {
  readonly vendor: string;
  /** Whether the other side speaks plain HTTP: the library writes https before whatever takes events. */
  readonly plain: boolean;
  /** Never told, although the other side may repeat them. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * One request by pdjs, watched from below: the library takes no fetch, loses the status of what is not JSON, and
 * after a 429 tries three times more without looking at the headers.
 * @throws AdapterError `vendor-unreachable` or `vendor-throttled`, to be tried again; `vendor-rejected` when the
 * request cannot be written
 */
export async function libraryCall(
  options: LibraryCallOptions,
  call: (settings: LibrarySettings) => Promise<{ readonly data: unknown }>,
): Promise<LibraryAnswer> {
  const { vendor, plain, secrets, signal } = options;
  let agent: HttpAgent | undefined;
  let response: IncomingMessage | undefined;

  function watch(message: unknown): void {
    const seen = message as {
      request: ClientRequest & { agent: unknown };
      response: typeof response;
    };
    if (seen.request.agent === agent) response = seen.response;
  }

  const settings: LibrarySettings = {
    agent({ protocol }) {
      // Asked for a second time by a retry, and retries are Temporal's.
      if (agent !== undefined) throw new Error('one request only');
      agent = plain ? Object.assign(new HttpAgent(), { protocol }) : new HttpsAgent();
      return agent;
    },
    signal,
    redirect: 'manual',
    size: ANSWER_LIMIT_BYTES,
    // Its timer ends nothing and keeps the process alive.
    requestTimeout: 0,
    retryTimeout: 0,
  };

  subscribe(RESPONSES, watch);
  try {
    const { data } = await call(settings);
    return { status: statusOf(vendor, response), text: hide(data, secrets), data };
  } catch (error) {
    if (error instanceof AdapterError) throw error;
    if (response === undefined || signal.aborted) throw brokenOff(vendor, error, signal);
    return { status: statusOf(vendor, response), text: '', data: undefined };
  } finally {
    unsubscribe(RESPONSES, watch);
    agent?.destroy();
  }
}

/** The REST API has a header of its own in place of Retry-After. */
function statusOf(vendor: string, response: IncomingMessage | undefined): number {
  const { statusCode: status = 0, headers = {} } = response ?? {};
  const retryAfterMs = milliseconds(headers['retry-after'] ?? headers['ratelimit-reset']);
  assertFinal(vendor, status, { retryAfterMs, defaultWaitMs: DEFAULT_WAIT_MS });
  return status;
}

/** PagerDuty counts in seconds. */
function milliseconds(seconds: string | string[] | undefined): number | undefined {
  return typeof seconds === 'string' && /^\d+$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
}

/** Only the code is told: messages of node-fetch quote headers, and one of them is the key. */
function brokenOff(vendor: string, error: unknown, signal: AbortSignal): AdapterError {
  if (signal.aborted && signal.reason instanceof AdapterError) return signal.reason;
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  if (name === 'TypeError') {
    return new AdapterError(
      'vendor-rejected',
      `${vendor}: no request can be made of api_key, from_email and api_url; one of them is malformed`,
    );
  }
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new AdapterError('vendor-unreachable', `${vendor} could not be reached${why}`);
}

/** The body as text, without what must not be told; a secret stands in it as JSON writes it. */
function hide(data: unknown, secrets: readonly string[]): string {
  if (data === undefined) return '';
  return secrets
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .reduce((text, secret) => text.replaceAll(secret, '[hidden]'), JSON.stringify(data));
}
