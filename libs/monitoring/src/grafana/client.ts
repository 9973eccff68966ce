import { AdapterError } from '@fairlead/contracts';
import { ANSWER_LIMIT_BYTES, createVendorCall, rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { GrafanaOptions } from './options.ts';

/** Names the system in receipts and errors. */
export const GRAFANA = 'grafana';

export interface GrafanaCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind the configured URL, from `/api` on; values in it are percent-encoded by the caller. */
  readonly path: string;
  readonly body?: object;
  /** Statuses beside 2xx that are answers to the question; every other one is thrown. */
  readonly but?: readonly number[];
  /** For rules: people may edit in the UI what was written. Without it a rule can never become editable again. */
  readonly editable?: true;
}

export interface GrafanaAnswer {
  readonly status: number;
  /** Absent where there is none. */
  readonly body?: unknown;
  /** Longer than what is read: no `body`. */
  readonly cut?: true;
}

export interface GrafanaClient {
  /**
   * @throws AdapterError `vendor-unreachable` or `vendor-throttled` to be tried again; `vendor-rejected`, with the mend,
   * for what Grafana refuses and for an answer that is none of Grafana's
   */
  call(call: GrafanaCall, signal: AbortSignal): Promise<GrafanaAnswer>;
}

export function createGrafanaClient({
  url,
  apiKey,
}: Pick<GrafanaOptions, 'url' | 'apiKey'>): GrafanaClient {
  return {
    async call({ method, path, body, but = [], editable }, signal) {
      const address = addressOf(url, path);
      const headers = headersOf(apiKey);
      if (body !== undefined) headers.set('content-type', 'application/json');
      if (editable === true) headers.set('x-disable-provenance', 'true');
      const vendor = createVendorCall(GRAFANA, signal);
      const sent = await vendor
        .fetch(address, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
        .catch(() => undefined);
      // Tells what came of it, whatever `fetch` made of that.
      const answer = vendor.answer();
      const { status } = answer;
      const taken = (sent?.ok ?? false) || but.includes(status);
      if (!taken) throw refused(answer, apiKey);
      return but.includes(status) ? { status } : read(answer);
    },
  };
}

/** Token and address are checked here: `fetch` would quote them, or say that the network is down. */
function addressOf(url: string, path: string): string {
  const base = URL.parse(url);
  if (base === null || !['http:', 'https:'].includes(base.protocol)) {
    throw new AdapterError(
      'vendor-rejected',
      'grafana: no call can be made to grafana_url; it begins with https://',
    );
  }
  if (base.username !== '' || base.password !== '') {
    throw new AdapterError(
      'vendor-rejected',
      'grafana: leave user and password out of grafana_url; grafana_api_key is for that',
    );
  }
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${path}`;
}

function headersOf(apiKey: string): Headers {
  try {
    return new Headers({ authorization: `Bearer ${apiKey}`, accept: 'application/json' });
  } catch {
    throw new AdapterError(
      'vendor-rejected',
      'grafana: grafana_api_key holds what no token does; make a token of a service account',
    );
  }
}

function refused({ status, text }: VendorAnswer, apiKey: string): AdapterError {
  const error = rejection(GRAFANA, { status, text: hide(text, apiKey) });
  if (status !== 403) return error;
  return new AdapterError(
    'vendor-rejected',
    `${error.message}, or give its service account the role Editor (for alerts, Admin)`,
  );
}

function read({ status, text }: VendorAnswer): GrafanaAnswer {
  if (text === '') return { status };
  try {
    return { status, body: JSON.parse(text) as unknown };
  } catch {
    if (Buffer.byteLength(text) >= ANSWER_LIMIT_BYTES) return { status, cut: true };
    throw new AdapterError(
      'vendor-rejected',
      `grafana answered ${status} without JSON; check that grafana_url is Grafana's own`,
    );
  }
}

/** A proxy may answer with what it was sent. */
function hide(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, '[hidden]');
}
