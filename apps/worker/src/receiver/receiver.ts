import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../options/usage-error.ts';
import type { Answer } from './answer.ts';
import { createAnswers } from './answers.ts';
import type { Taking } from './answers.ts';
import type { Rate } from './token-bucket.ts';

export interface Receiver {
  readonly port: number;
  /** Takes no more; what is being taken is answered first, for a while. */
  close(): Promise<void>;
}

export interface ReceiverLimits {
  readonly maxBytes: number;
  /** Longest that a request may take to arrive. */
  readonly arrivesWithinMs: number;
  readonly rate: Rate;
  /** Of events, which are single. */
  readonly eventRate: Rate;
  readonly connections: number;
}

/** 200 alerts of Alertmanager are some 200 kB, and it sends a group once in `group_interval`, mostly minutes. */
const LIMITS: ReceiverLimits = {
  maxBytes: 1_000_000,
  arrivesWithinMs: 10_000,
  rate: { perSecond: 10, burst: 30 },
  eventRate: { perSecond: 100, burst: 200 },
  connections: 100,
};
/** How often it is looked whether a request is late; Node’s own default is 30 s. */
const LOOK_EVERY_MS = 500;
/** A target mostly answers in less; whoever is cut off sends again. */
const CLOSES_WITHIN_MS = 5_000;
const LOOKS_FOR_IDLE_EVERY_MS = 50;

interface ReceiverOptions extends Taking {
  readonly limits?: Partial<ReceiverLimits>;
}

/** Serves `POST /alerts` and `POST /events`. Throws `UsageError` when the port is taken. */
export async function startReceiver(
  { host, port }: { readonly host: string; readonly port: number },
  { limits: own, ...options }: ReceiverOptions,
): Promise<Receiver> {
  const limits = { ...LIMITS, ...own };
  const { arrivesWithinMs } = limits;
  const answerTo = createAnswers(options, limits);
  const server = createServer(
    {
      requestTimeout: arrivesWithinMs,
      headersTimeout: arrivesWithinMs,
      connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, arrivesWithinMs),
    },
    (request, response) => {
      answerTo(request)
        .then((answer) => {
          if (answer !== undefined) send(response, answer);
          // What is left of a body that nobody reads; how long it may take is bounded.
          request.resume();
        })
        .catch((error: unknown) => {
          options.log.error('request could not be answered', { error: String(error) });
          response.destroy();
        });
    },
  );
  server.maxConnections = limits.connections;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `cannot take alerts and events on ${host}:${port} (${code}); choose another remediation.receiver.listen`,
    );
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      // Of those that are still answered, each is let go once it is.
      const idle = setInterval(() => {
        server.closeIdleConnections();
      }, LOOKS_FOR_IDLE_EVERY_MS);
      const late = setTimeout(() => {
        server.closeAllConnections();
      }, CLOSES_WITHIN_MS);
      await new Promise((resolve) => server.close(resolve));
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
    ...headers,
  });
  response.end(`${isText ? body : JSON.stringify(body)}\n`);
}
