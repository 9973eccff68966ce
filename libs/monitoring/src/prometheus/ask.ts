import { AdapterError } from '@fairlead/contracts';
import { ANSWER_LIMIT_BYTES, createVendorCall } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';

/** Where a server of the Prometheus family is. None has accounts of its own: it or a proxy may want basic authentication. */
export interface ServerOptions {
  /** With the path prefix, where it has one; without credentials. */
  readonly url: string;
  readonly username?: string;
  /** A secret. */
  readonly password?: string;
}

interface ServerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the URL; values in it are percent-encoded by the caller. */
  readonly path: string;
  readonly content?: { readonly type: string; readonly body: string };
}

/**
 * What a server refuses is an answer, free of the password.
 * @throws AdapterError what may be tried again
 */
export type Ask = (request: ServerRequest, signal: AbortSignal) => Promise<VendorAnswer>;

/** `vendor` names the server in errors. */
export function createAsk(vendor: string, { url, username, password = '' }: ServerOptions): Ask {
  const base = url.replace(/\/+$/, '');
  const credentials =
    username === undefined
      ? undefined
      : Buffer.from(`${username}:${password}`, 'utf8').toString('base64');

  function withoutSecrets(text: string): string {
    return [credentials, password]
      .filter((secret) => secret !== undefined && secret !== '')
      .reduce<string>((hidden, secret = '') => hidden.replaceAll(secret, '[hidden]'), text);
  }

  return async ({ method, path, content }, signal) => {
    const headers = new Headers();
    if (credentials !== undefined) headers.set('authorization', `Basic ${credentials}`);
    if (content !== undefined) headers.set('content-type', content.type);
    const call = createVendorCall(vendor, signal);
    // What came of it, the call tells, whatever `fetch` makes of that.
    await call
      .fetch(`${base}${path}`, { method, headers, body: content?.body ?? null })
      .catch(() => undefined);
    const { status, text } = call.answer();
    return { status, text: withoutSecrets(text) };
  };
}

/** Half of the longest character of UTF-8 is not read. */
const WHOLE_ANSWER_BYTES = ANSWER_LIMIT_BYTES - 4;

/** @throws AdapterError `vendor-rejected` when it is no JSON or was not read whole */
export function jsonOf(vendor: string, { status, text }: VendorAnswer): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const why =
      Buffer.byteLength(text) > WHOLE_ANSWER_BYTES
        ? `more than ${ANSWER_LIMIT_BYTES / 1024} KiB: ask for less`
        : `${status} without JSON: something else stands at its address, check the URL and its path`;
    throw new AdapterError('vendor-rejected', `${vendor} answered ${why}`);
  }
}
