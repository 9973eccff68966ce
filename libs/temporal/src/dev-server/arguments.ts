/**
 * At the default of 20 polls a second for each shard, and the dev server has one shard, each activity of a sequence
 * costs 52 ms once the first burst is used up; without it 12 to 18 ms.
 */
const UNTHROTTLED = [
  'history.transferProcessorMaxPollRPS=10000',
  'history.timerProcessorMaxPollRPS=10000',
];

/**
 * A task queue's rate is shared out evenly among its partitions: at the default of four, and 12 messages a minute, the
 * second message on one of them waits 20 s although the minute has room. One server gains nothing by more than one.
 */
const ONE_PARTITION = [
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
];

/** A write-ahead log with `NORMAL` survives kill -9 of the process without a sync of the disk for each write. */
const PRAGMAS = ['journal_mode=WAL', 'synchronous=NORMAL'];

export interface DevServerPlan {
  readonly ip: string;
  readonly port: number;
  readonly httpPort: number;
  readonly metricsPort: number;
  readonly uiPort: number | false;
  readonly namespace: string;
  readonly dbFile?: string | undefined;
  readonly searchAttributes: readonly string[];
}

export function devServerArguments(plan: DevServerPlan): readonly string[] {
  return [
    ...['server', 'start-dev', '--ip', plan.ip, '--port', String(plan.port)],
    ...['--http-port', String(plan.httpPort), '--metrics-port', String(plan.metricsPort)],
    ...['--namespace', plan.namespace, '--log-level', 'warn'],
    ...(plan.uiPort === false ? ['--headless'] : ['--ui-port', String(plan.uiPort)]),
    ...[...UNTHROTTLED, ...ONE_PARTITION].flatMap((setting) => ['--dynamic-config-value', setting]),
    ...plan.searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...(plan.dbFile === undefined
      ? []
      : ['--db-filename', plan.dbFile, ...PRAGMAS.flatMap((one) => ['--sqlite-pragma', one])]),
  ];
}
