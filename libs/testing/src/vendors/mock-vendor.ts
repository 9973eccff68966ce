import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a vendor gets it. */
export interface VendorRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface VendorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a vendor does in place of its work, for one request. */
export type Misbehaviour = VendorReply | 'hang' | 'reset';

export interface MockVendor {
  readonly url: string;
  /** Everything that was asked, oldest first, whatever was answered. */
  readonly received: readonly VendorRequest[];
  /** The next requests, one each, are answered so. */
  misbehave(...misbehaviours: readonly Misbehaviour[]): void;
  /** Does its work again, whatever is left of that. */
  recover(): void;
  stop(): Promise<void>;
}

/** A vendor on loopback: `answer` checks the request against the vendor's contract and answers as it would. */
export async function startMockVendor(
  answer: (request: VendorRequest) => VendorReply,
): Promise<MockVendor> {
  const received: VendorRequest[] = [];
  const queue: Misbehaviour[] = [];
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        const seen = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body,
        };
        received.push(seen);
        behave(queue.shift() ?? answer(seen), response);
      })
      .catch(() => response.destroy());
  });
  // One that is closed as it is used again breaks that call: a client's matter, and no test's by chance.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    misbehave(...misbehaviours) {
      queue.push(...misbehaviours);
    },
    recover() {
      queue.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function behave(what: Misbehaviour, response: ServerResponse): void {
  if (what === 'hang') return;
  if (what === 'reset') {
    response.destroy();
    return;
  }
  response.writeHead(what.status, what.headers);
  response.end(what.body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
