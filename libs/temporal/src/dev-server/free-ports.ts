import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

/** Ports that nobody listens on; all are held until all are found, so that none comes twice. */
export async function freePorts(count: number, host: string): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(host, 0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export async function isFree(port: number, host: string): Promise<boolean> {
  try {
    const server = await listen(host, port);
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch {
    return false;
  }
}

function listen(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve(server);
    });
  });
}
