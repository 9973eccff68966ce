import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../options/usage-error.ts';
import { liveness, readiness } from './health.ts';
import type { HealthAnswer, HealthSource } from './health.ts';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `/livez` and `/readyz`: 200 or 503, and what was found as JSON. Throws `UsageError` when the port is taken. */
export async function startHealthServer(
  { host, port }: { readonly host: string; readonly port: number },
  source: HealthSource,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '', source).then((found) => {
      send(response, found);
    });
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `cannot serve health on ${host}:${port} (${code}); choose another --health-port`,
    );
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(url: string, source: HealthSource): Promise<HealthAnswer | undefined> {
  switch (url.split('?')[0]) {
    case '/livez':
      return liveness(source);
    case '/readyz':
      return readiness(source);
    default:
      return undefined;
  }
}

function send(response: ServerResponse, found: HealthAnswer | undefined): void {
  const status = found === undefined ? 404 : found.ok ? 200 : 503;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(found ?? { ok: false, paths: ['/livez', '/readyz'] })}\n`);
}
