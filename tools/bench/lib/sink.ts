import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export const VENDORS = ['slack', 'teams', 'pagerduty'] as const;
export type Vendor = (typeof VENDORS)[number];
export type Manners = 'good' | 'hung' | 'slow' | 'broken';

/** Longer than an attempt may take, so that the caller has given up when it answers. */
const SLOW_MS = 30_000;
/** `<deployment>/<kind>/<destination>`, wherever the vendor's form has it. */
const KEY = /[a-z0-9-]+\/[a-z0-9-]+\/(?:slack|teams|pagerduty)(?=["\\])/;

const ANSWERS: Readonly<Record<Vendor, { readonly status: number; readonly body: string }>> = {
  slack: { status: 200, body: 'ok' },
  teams: { status: 202, body: '' },
  pagerduty: { status: 202, body: '{"status":"success","message":"Event processed"}' },
};

/** A vendor on loopback that takes everything at once, or behaves badly for as long as it is told to. */
export interface Sink {
  readonly vendor: Vendor;
  readonly url: string;
  manners: Manners;
  /** How often each key was taken. One that hangs or is broken takes nothing; a slow one takes it at its end. */
  readonly taken: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

export async function startSink(vendor: Vendor): Promise<Sink> {
  const taken = new Map<string, number>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (sink.manners === 'hung') return;
    if (sink.manners === 'broken') {
      response.writeHead(500).end();
      return;
    }
    if (sink.manners === 'slow') await wait(SLOW_MS);
    const body = Buffer.concat(chunks).toString('utf8');
    const key = KEY.exec(body)?.[0] ?? `no key in ${body}`;
    taken.set(key, (taken.get(key) ?? 0) + 1);
    const { status, body: text } = ANSWERS[vendor];
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sink: Sink = {
    vendor,
    url: `http://127.0.0.1:${port}`,
    manners: 'good',
    taken,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sink;
}
