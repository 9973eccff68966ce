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

/** As text: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Serves `/livez` and `/readyz`: 200 or 503, and what was found as JSON; and `/metrics`. Throws `UsageError` when the
 * port is taken.
 */
export async function startHealthServer(
  { host, port }: { readonly host: string; readonly port: number },
  source: HealthSource,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const metrics = path === '/metrics' ? source.metrics() : undefined;
    if (metrics === undefined) {
      void answer(path, source).then((found) => {
        send(response, found);
      });
    } else {
      void sendMetrics(response, metrics);
    }
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

async function answer(path: string, source: HealthSource): Promise<HealthAnswer | undefined> {
  switch (path) {
    case '/livez':
      return liveness(source);
    case '/readyz':
      return readiness(source);
    default:
      return undefined;
  }
}

async function sendMetrics(response: ServerResponse, metrics: Promise<string>): Promise<void> {
  try {
    const text = await metrics;
    response.writeHead(200, { 'content-type': TEXT_FORMAT });
    response.end(text);
  } catch {
    response.writeHead(500);
    response.end();
  }
}

function send(response: ServerResponse, found: HealthAnswer | undefined): void {
  const status = found === undefined ? 404 : found.ok ? 200 : 503;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(
    `${JSON.stringify(found ?? { ok: false, paths: ['/livez', '/readyz', '/metrics'] })}\n`,
  );
}
