import { once } from 'node:events';
import { createServer } from 'node:http';

/** A source that Prometheus scrapes; it tells what a test says. */
export interface Exposition {
  /** `host:port`, as a scrape job takes it. */
  readonly address: string;
  /** From the next scrape on, in the text format; undefined: an error 503, as of a source that is not well. */
  show(text: string | undefined): void;
  stop(): Promise<void>;
}

export async function startExposition(text?: string): Promise<Exposition> {
  let shown = text;
  const server = createServer((_, response) => {
    response.writeHead(shown === undefined ? 503 : 200, {
      'content-type': 'text/plain; version=0.0.4',
    });
    response.end(shown);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    address: `127.0.0.1:${address.port}`,
    show(next) {
      shown = next;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      // Prometheus keeps its connections.
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The same series with labels more, as a source's own job and instance. */
export function withLabels(text: string, labels: Readonly<Record<string, string>>): string {
  const more = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return text.replaceAll(/^(fairlead_\w+)\{/gm, `$1{${more.join(',')},`);
}

/** A scrape of long ago. */
export interface PastScrape {
  readonly at: Date;
  /** In the text format, without timestamps. */
  readonly text: string;
}

/** As OpenMetrics with timestamps, which `startPrometheus` takes as its history. */
export function toHistory(scrapes: readonly PastScrape[]): string {
  const lines = scrapes.flatMap(({ at, text }) =>
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => `${line} ${at.getTime() / 1_000}`),
  );
  return [...lines, '# EOF', ''].join('\n');
}
