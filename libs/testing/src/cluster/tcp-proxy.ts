import { readFile, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { ClusterAccess } from '../servers/index.ts';

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

/** The user `fairlead` reaches the API server through it by `kubeconfig`, a path; everybody else as ever. */
export async function startClusterProxy({
  server,
  kubeconfigs,
}: Pick<ClusterAccess, 'server' | 'kubeconfigs'>): Promise<{
  readonly proxy: TcpProxy;
  readonly kubeconfig: string;
}> {
  const proxy = await startTcpProxy(Number(new URL(server).port));
  const text = await readFile(kubeconfigs.fairlead, 'utf8');
  const kubeconfig = join(dirname(kubeconfigs.fairlead), `proxy-${proxy.port}.kubeconfig`);
  const address = `https://127.0.0.1:${proxy.port}`;
  await writeFile(kubeconfig, text.replaceAll(server, address), { mode: 0o600 });
  return { proxy, kubeconfig };
}
