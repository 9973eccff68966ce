import { freePorts } from './free-ports.ts';
import { createScratch } from './scratch.ts';
import { startServer } from './server-process.ts';
import { waitFor } from './wait-for.ts';

export interface PushgatewayServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** It answers within 0.1 s; a busy machine may take a hundred times that. */
const START_DEADLINE_MS = 20_000;

/** Debian's `prometheus-pushgateway`; it keeps nothing beyond its end. */
export async function startPushgateway(): Promise<PushgatewayServer> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const scratch = await createScratch('pushgateway');
  const server = startServer(scratch, {
    name: 'pushgateway',
    command: 'prometheus-pushgateway',
    args: ['--web.listen-address', `127.0.0.1:${port}`, '--persistence.file='],
  });
  const stop = async () => {
    await server.stop();
    await scratch.remove();
  };
  try {
    await waitFor(
      () => {
        server.assertAlive();
        return answers(`${url}/-/ready`);
      },
      { deadlineMs: START_DEADLINE_MS, what: `Pushgateway to answer on port ${port}` },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
