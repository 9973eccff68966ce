import { once } from 'node:events';
import type { Server } from 'node:net';
import { createServer } from 'node:net';

/**
 * Below the range from which Linux (32768) and macOS (49152) take the ports of outgoing connections.
 * A port of that range can be lost to any client between choice and use; and a client that reconnects to a
 * server that is down may be given the server's own port, and then talks to itself.
 */
const FIRST_PORT = 12_000;
const LAST_PORT = 32_000;
/** Parallel test processes, more than ever run at once: each has a part of its own, so that none takes another's. */
const PARTS = 16;
const PART = Math.floor((LAST_PORT - FIRST_PORT) / PARTS);
/** Jest counts its processes from 1; whatever else starts servers shares the last part. */
const FIRST_OF_MINE =
  FIRST_PORT + (((Number(process.env['JEST_WORKER_ID']) || PARTS) - 1) % PARTS) * PART;
/** Chosen before and perhaps not taken yet. */
const given = new Set<number>();

/** Distinct ports on which nobody listens on 127.0.0.1, chosen at random so that a late client of another finds none. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  while (held.length < count) {
    const port = FIRST_OF_MINE + Math.floor(Math.random() * PART);
    if (given.has(port)) continue;
    const server = await tryListen(port);
    if (server === undefined) continue;
    given.add(port);
    held.push(server);
  }
  const ports = held.map(portOf);
  await Promise.all(held.map((server) => once(server.close(), 'close')));
  return ports;
}

async function tryListen(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
