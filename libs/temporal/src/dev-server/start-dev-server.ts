import { AdapterError } from '@fairlead/contracts';
import { connect } from '../connect.ts';
import { SEARCH_ATTRIBUTE_NAMES } from '../search-attributes.ts';
import { devServerArguments } from './arguments.ts';
import { startChild } from './child.ts';
import type { Child, Ending } from './child.ts';
import { freePorts, isFree } from './free-ports.ts';
import type { DevServerOptions } from './options.ts';
import { resolveTemporalBinary } from './resolve-binary.ts';

export interface DevServer {
  /** `host:port`, for `TEMPORAL_ADDRESS`. */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl?: string;
  readonly pid: number;
  /** Resolves when it ended, asked or not. */
  readonly exited: Promise<Ending>;
  stop(): Promise<void>;
}

/** Starts Temporal's development server and resolves when it answers. Throws `config-invalid` when a port is
 * taken, and with the server's last words when it ends at once. */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  const { ip = '127.0.0.1', namespace = 'default', timeoutMs = 20_000 } = options;
  const binary = options.binary ?? resolveTemporalBinary();
  const [free = 0, httpPort = 0, metricsPort = 0, freeUi = 0] = await freePorts(4, ip);
  const port = options.port ?? free;
  const uiPort = options.uiPort ?? freeUi;
  await assertFree([port, uiPort], ip);
  const child = await startChild(
    binary,
    devServerArguments({
      ...{ ip, port, httpPort, metricsPort, uiPort, namespace },
      dbFile: options.dbFile,
      searchAttributes: options.searchAttributes ?? SEARCH_ATTRIBUTE_NAMES,
    }),
  );
  const address = `${ip}:${port}`;
  await answers(child, { address, namespace, timeoutMs });
  return {
    address,
    namespace,
    ...(uiPort === false ? {} : { uiUrl: `http://${ip}:${uiPort}` }),
    pid: child.pid,
    exited: child.exited,
    stop: () => child.stop(),
  };
}

/** Or we would take the server that answers there already for our own. */
async function assertFree(ports: readonly (number | false)[], ip: string): Promise<void> {
  for (const port of ports) {
    if (port === false || (await isFree(port, ip))) continue;
    throw new AdapterError(
      'config-invalid',
      `${ip}:${port} is taken, perhaps by a Temporal server that runs already; end it, or choose another port`,
    );
  }
}

/** One look: it answers within milliseconds once it listens. Short, so that a server that died is soon noticed. */
const LOOK_TIMEOUT_MS = 500;

async function answers(
  child: Child,
  { address, namespace, timeoutMs }: { address: string; namespace: string; timeoutMs: number },
): Promise<void> {
  let ending: Ending | undefined;
  void child.exited.then((how) => (ending = how));
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    try {
      const settings = { address, namespace, connectionOptions: { address } };
      const connection = await connect(settings, { timeoutMs: LOOK_TIMEOUT_MS });
      await connection.close();
      return;
    } catch (error) {
      if (ending !== undefined) throw endedAtOnce(address, ending, child.output());
      if (performance.now() < deadlineMs) continue;
      await child.stop();
      throw error;
    }
  }
}

function endedAtOnce(address: string, ending: Ending, output: string): AdapterError {
  return new AdapterError(
    'config-invalid',
    `the Temporal dev server on ${address} ended at once (${String(ending)}): ${output}`,
  );
}
