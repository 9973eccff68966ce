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

/** Distinct ports on which nobody listens on 127.0.0.1, chosen at random so that parallel tests do not meet. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  while (held.length < count) {
    const server = await tryListen(
      FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT)),
    );
    if (server !== undefined) held.push(server);
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
