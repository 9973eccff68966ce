import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Stands between a client and a server that must not be touched itself, and plays a network that fails. */
export interface TcpProxy {
  readonly port: number;
  /** Connections are cut and new ones refused at once. */
  cut(): void;
  /** Connections stay open and nothing passes any more. */
  freeze(): void;
  /** As if nothing had been. */
  mend(): void;
  /** Connections that were made so far. */
  readonly connections: number;
  close(): Promise<void>;
}

/** `port`: where clients look for it; default a free one. */
export async function startTcpProxy(targetPort: number, port = 0): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'frozen' = 'open';
  let connections = 0;

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (state === 'frozen') socket.pause();
  }

  const server = createServer((client) => {
    connections += 1;
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1');
    client.pipe(upstream);
    upstream.pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    keep(client);
    keep(upstream);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    cut() {
      state = 'cut';
      for (const socket of sockets) socket.destroy();
    },
    freeze() {
      state = 'frozen';
      for (const socket of sockets) socket.pause();
    },
    mend() {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
