import { temporalPath } from '../../../../tools/setup/index.ts';
import { freePorts } from './free-ports.ts';
import { createScratch } from './scratch.ts';
import { GOGC, startServer } from './server-process.ts';
import { waitFor } from './wait-for.ts';

export interface TemporalOptions {
  /** Default `default`, which exists in any case. */
  namespace?: string;
  /** Name to type, as in `{ DeployPhase: 'Keyword' }`. Default none. */
  searchAttributes?: Record<string, SearchAttributeType>;
  /** Keeps the server's state over a restart. Default: in memory. */
  dbFile?: string;
  /** To come back where clients expect it. Default: a free one. */
  port?: number;
  /** Serves the Web UI as well. Default false. */
  ui?: boolean;
}

export type SearchAttributeType =
  'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

export interface TemporalVariables extends Readonly<Record<string, string>> {
  readonly TEMPORAL_ADDRESS: string;
  readonly TEMPORAL_NAMESPACE: string;
}

export interface TemporalServer {
  /** As clients take it: `127.0.0.1:7233`. */
  address: string;
  port: number;
  namespace: string;
  /** How workers and the command reach it. */
  env: TemporalVariables;
  pid: number;
  uiUrl?: string;
  /** Plays an accident: SIGKILL, SIGSTOP, SIGCONT. Resolves when the process has ended, or at once if it goes on. */
  kill(signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

/**
 * At the default of 20 polls a second for each shard, and the dev server has one shard, each activity of a
 * sequence costs 52 ms once the first burst is used up.
 */
const UNTHROTTLED = [
  'history.transferProcessorMaxPollRPS=10000',
  'history.timerProcessorMaxPollRPS=10000',
];
/** A queue's rate is shared out evenly among its partitions: the second message on one of four waits four times as long. */
const ONE_PARTITION = [
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
];
/** A deleted workflow is gone once the queues' positions were saved: every 30 s by default. */
const PROMPT_DELETION = [
  'history.transferProcessorUpdateAckInterval="1s"',
  'history.visibilityProcessorUpdateAckInterval="1s"',
];
/** Workers of the server's own in every namespace, for schedules, batches and versioned deployments: nothing that tests use. */
const NO_WORKERS_OF_ITS_OWN = ['worker.perNamespaceWorkerCount=0'];
/** It answers within 0.3 s; a busy machine may take twenty times that. */
const START_DEADLINE_MS = 60_000;

/** Starts Temporal's development server and resolves when the namespace and its search attributes are there. */
export async function startTemporal(options: TemporalOptions = {}): Promise<TemporalServer> {
  const { namespace = 'default', searchAttributes = {} } = options;
  const command = await temporalPath();
  const [freePort, httpPort, metricsPort, uiPort] = await freePorts(4);
  const port = options.port ?? freePort;
  const scratch = await createScratch('temporal');
  const server = startServer(scratch, {
    name: 'temporal',
    command,
    env: { ...process.env, GOGC },
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
      ...['--http-port', String(httpPort), '--metrics-port', String(metricsPort)],
      ...['--namespace', namespace, '--log-level', 'warn'],
      ...(options.ui ? ['--ui-port', String(uiPort)] : ['--headless']),
      ...[UNTHROTTLED, ONE_PARTITION, PROMPT_DELETION, NO_WORKERS_OF_ITS_OWN]
        .flat()
        .flatMap((setting) => ['--dynamic-config-value', setting]),
      ...Object.entries(searchAttributes).flatMap(([name, type]) => [
        '--search-attribute',
        `${name}=${type}`,
      ]),
      ...databaseFlags(options.dbFile),
    ],
  });
  const stop = async () => {
    await server.stop();
    await scratch.remove();
  };
  try {
    const url = `http://127.0.0.1:${httpPort}/api/v1/namespaces/${namespace}/search-attributes`;
    await waitFor(
      () => {
        server.assertAlive();
        return knowsAll(url, Object.keys(searchAttributes));
      },
      { deadlineMs: START_DEADLINE_MS, what: `Temporal to answer on port ${port}` },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const address = `127.0.0.1:${port}`;
  return {
    address,
    port: port!,
    namespace,
    env: variablesOf(address, namespace),
    pid: server.pid,
    ...(options.ui && { uiUrl: `http://127.0.0.1:${uiPort}` }),
    kill: (signal) => server.kill(signal),
    stop,
  };
}

export function variablesOf(address: string, namespace: string): TemporalVariables {
  return { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
}

/** Write-ahead log with NORMAL survives kill -9 of the process, and does without a file system sync for each write. */
function databaseFlags(dbFile: string | undefined): string[] {
  if (dbFile === undefined) return [];
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'];
  return ['--db-filename', dbFile, ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])];
}

async function knowsAll(url: string, names: string[]): Promise<boolean> {
  try {
    const response = await fetch(url);
    const body = (await response.json()) as { customAttributes?: Record<string, string> };
    const known = body.customAttributes ?? {};
    return response.ok && names.every((name) => name in known);
  } catch {
    return false;
  }
}
