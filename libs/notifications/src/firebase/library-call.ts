import { Agent as HttpAgent } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AdapterError } from '@fairlead/contracts';
import { ANSWER_LIMIT_BYTES, assertFinal, retryAfterMs } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';
import type { Gateway } from './gateway.ts';

/** https://firebase.google.com/docs/cloud-messaging/scale-fcm: after a 429 that names no time, at least a minute. */
const DEFAULT_WAIT_MS = 60_000;

export interface LibraryCallOptions {
  /** Names it in errors. */
  readonly vendor: string;
  readonly gateway: Gateway | undefined;
  readonly signal: AbortSignal;
}

/**
 * One request by firebase-admin, watched from below: the library tries again by itself, reads without an end, and
 * knows no signal.
 * @throws AdapterError `vendor-unreachable` or `vendor-throttled`, to be tried again; `vendor-rejected` when the
 * library makes no request of what it was given
 */
export async function libraryCall(
  options: LibraryCallOptions,
  call: (agent: HttpAgent) => Promise<unknown>,
): Promise<VendorAnswer> {
  const { vendor, signal } = options;
  const request = createOneRequest(options);
  // Not waited for: when the answer is known, the library may still want to try again.
  const ended = call(request.agent).then(
    () => request.answer,
    () => {
      if (request.isMade()) return request.answer;
      throw new AdapterError('vendor-rejected', `${vendor}: the library refuses the message`);
    },
  );
  try {
    return await Promise.race([request.answer, ended]);
  } catch (error) {
    throw signal.aborted && signal.reason instanceof AdapterError ? signal.reason : error;
  } finally {
    request.agent.destroy();
  }
}

interface OneRequest {
  readonly agent: HttpAgent;
  readonly answer: Promise<VendorAnswer>;
  isMade(): boolean;
}

/** An agent hands every request to its `addRequest`, by which proxies' agents work as well. */
interface Adding {
  addRequest(request: ClientRequest, options: object): void;
}

function createOneRequest({ vendor, gateway, signal }: LibraryCallOptions): OneRequest {
  const { promise: answer, resolve, reject } = Promise.withResolvers<VendorAnswer>();
  // Nobody may be waiting any more when it fails.
  answer.catch(() => undefined);
  const agent = gateway?.plain === true ? plainAgent() : new HttpsAgent();
  const adding = agent as unknown as Adding;
  const add = adding.addRequest.bind(agent);
  let made = false;

  function unreachable(code?: unknown): void {
    const why = typeof code === 'string' ? ` (${code})` : '';
    reject(new AdapterError('vendor-unreachable', `${vendor} could not be reached${why}`));
  }

  function watch(request: ClientRequest): void {
    const giveUp = () => {
      request.destroy();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    request.once('error', (error: NodeJS.ErrnoException) => {
      unreachable(error.code);
    });
    request.once('close', () => {
      signal.removeEventListener('abort', giveUp);
      unreachable();
    });
    request.prependOnceListener('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      const wait = retryAfterMs(headers['retry-after']);
      // The wait is Temporal's to keep; the library would sleep.
      delete headers['retry-after'];
      try {
        assertFinal(vendor, status, { retryAfterMs: wait, defaultWaitMs: DEFAULT_WAIT_MS });
      } catch (error) {
        reject(error);
      }
      readSome(response, (text) => {
        resolve({ status, text });
      });
    });
  }

  adding.addRequest = (request, options) => {
    if (made) throw new Error('one request only');
    made = true;
    watch(request);
    // What is read here is read as it comes.
    request.setHeader('accept-encoding', 'identity');
    if (gateway === undefined) {
      add(request, options);
      return;
    }
    const { hostname, port, host } = gateway;
    request.setHeader('host', host);
    add(request, { ...options, host: hostname, hostname, port, servername: hostname });
  };

  return { agent, answer, isMade: () => made };
}

/** The libraries ask for https whatever is there; an agent that says so itself is let through. */
function plainAgent(): HttpAgent {
  return Object.assign(new HttpAgent(), { protocol: 'https:' });
}

/** Beside the library, which reads the same stream; past the limit the connection is closed to both. */
function readSome(response: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = () => {
    done(Buffer.concat(chunks).subarray(0, ANSWER_LIMIT_BYTES).toString('utf8'));
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes <= ANSWER_LIMIT_BYTES) return;
    finish();
    response.destroy();
  });
  response.once('end', finish);
}
