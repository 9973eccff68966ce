import { untilAnswers } from './answers.ts';
import { freePorts } from './free-ports.ts';
import { createScratch } from './scratch.ts';
import { startServer } from './server-process.ts';

export interface PushgatewayServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

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
    await untilAnswers(server, `${url}/-/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid, stop };
}
