import { once } from 'node:events';
import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Socket } from 'node:net';

/** Longest answer that is read; what comes after it tells nothing more. */
const ANSWER_LIMIT_BYTES = 64 * 1024;

/** What became of one request. */
export type Outcome =
  /** The library would not make it. */
  | { readonly state: 'unmade' }
  /** Not a byte of it was written: it cannot have arrived. */
  | { readonly state: 'unsent'; readonly code?: string }
  /** It was written, and may have arrived. */
  | { readonly state: 'unanswered'; readonly code?: string }
  | { readonly state: 'answered'; readonly answer: TwilioAnswer };

export interface TwilioAnswer {
  readonly status: number;
  /** Up to 64 KiB; less where it broke off. */
  readonly text: string;
  readonly retryAfter?: string;
}

/** As the library asks its `httpClient`. */
interface LibraryRequest {
  readonly method: string;
  readonly uri: string;
  readonly username?: string;
  readonly password?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: object;
}

/** One request by the library, of which is known at any time whether it may have arrived. */
export interface Exchange {
  readonly outcome: () => Outcome;
  /** The library is done with it. */
  readonly end: () => void;
  /** In the place of the library's own client, which follows its own timeout and reads without end. */
  request(request: LibraryRequest): Promise<{ readonly statusCode: number; readonly body: string }>;
}

/** Follows no redirect, ends with the signal, uses no connection twice. */
export function createExchange(apiUrl: string | undefined, signal: AbortSignal): Exchange {
  let outcome: Outcome = { state: 'unsent' };
  let isMade = false;

  async function request({ method, uri, username, password, headers, data }: LibraryRequest) {
    isMade = true;
    const url = new URL(apiUrl === undefined ? uri : behind(apiUrl, uri));
    const isPlain = url.protocol === 'http:';
    const form = new URLSearchParams({ ...data }).toString();
    const sending = (isPlain ? requestPlain : requestSecure)(url, {
      method,
      headers: { ...headers, 'Content-Length': Buffer.byteLength(form) },
      auth: `${username ?? ''}:${password ?? ''}`,
      // An old connection may be closed while it is written to, and then nobody knows.
      agent: false,
      signal,
    });
    sending.once('socket', (socket: Socket) => {
      socket.once(isPlain ? 'connect' : 'secureConnect', () => {
        outcome = { state: 'unanswered' };
        // Nothing is written before.
        sending.end(form);
      });
    });
    const response = await answerTo(sending);
    const answer = { status: response.statusCode ?? 0, ...retryAfterOf(response) };
    outcome = { state: 'answered', answer: { ...answer, text: '' } };
    const text = await readSome(response);
    outcome = { state: 'answered', answer: { ...answer, text } };
    return { statusCode: answer.status, body: text };
  }

  async function answerTo(sending: ReturnType<typeof requestPlain>): Promise<IncomingMessage> {
    try {
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      // What happens from here on is told by the response as well.
      sending.on('error', () => undefined);
      return response;
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (typeof code === 'string') outcome = { ...outcome, code } as Outcome;
      throw error;
    }
  }

  return {
    outcome: () => outcome,
    end() {
      if (!isMade) outcome = { state: 'unmade' };
    },
    request,
  };
}

function behind(apiUrl: string, uri: string): string {
  return apiUrl.replace(/\/+$/, '') + new URL(uri).pathname;
}

function retryAfterOf({ headers }: IncomingMessage): { readonly retryAfter?: string } {
  const retryAfter = headers['retry-after'];
  return retryAfter === undefined ? {} : { retryAfter };
}

/** What is there until it ends, breaks off or is enough. */
async function readSome(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      // Leaving the loop ends the connection.
      if (bytes >= ANSWER_LIMIT_BYTES) break;
    }
  } catch {
    // The status has been seen, and it is what counts.
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_LIMIT_BYTES).toString('utf8');
}
