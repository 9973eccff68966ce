import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { untilAnswers } from './answers.ts';
import { freePorts } from './free-ports.ts';
import { createScratch } from './scratch.ts';
import { startServer } from './server-process.ts';

export interface AlertmanagerOptions {
  /** YAML. Default: one route to a receiver that tells nobody. */
  readonly config?: string;
  /** Path that it serves under, as behind a proxy: `/alertmanager`. Default: none. */
  readonly routePrefix?: string;
}

export interface AlertmanagerServer {
  /** With the route prefix. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const QUIET = `
route: { receiver: nobody }
receivers: [{ name: nobody }]
`;
/** Debian's `prometheus-alertmanager`, alone, with the package's own templates. */
export async function startAlertmanager({
  config = QUIET,
  routePrefix = '',
}: AlertmanagerOptions = {}): Promise<AlertmanagerServer> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}${routePrefix}`;
  const scratch = await createScratch('alertmanager');
  const configPath = join(scratch.directory, 'alertmanager.yml');
  await writeFile(configPath, config);
  const server = startServer(scratch, {
    name: 'alertmanager',
    command: 'prometheus-alertmanager',
    args: [
      ...['--config.file', configPath, '--storage.path', join(scratch.directory, 'data')],
      ...['--web.listen-address', `127.0.0.1:${port}`, '--cluster.listen-address='],
      ...(routePrefix === '' ? [] : ['--web.route-prefix', routePrefix]),
    ],
  });
  const stop = async () => {
    await server.stop();
    await scratch.remove();
  };
  try {
    await untilAnswers(server, `${url}/-/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid, stop };
}
