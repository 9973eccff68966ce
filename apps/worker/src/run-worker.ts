import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { createFairleadMetrics } from '@fairlead/monitoring/prometheus';
import {
  assertNamespace,
  deploymentLink,
  ensureSearchAttributes,
  loadTemporalSettings,
} from '@fairlead/temporal';
import type { Log } from '@fairlead/temporal/logging';
import { provision } from '@fairlead/temporal/provisioning';
import { createIssueReports, createTargetList } from '@fairlead/temporal/targets';
import { connectWorker, installRuntime } from '@fairlead/temporal/worker';
import { openCluster } from './cluster.ts';
import { EXIT } from './exit.ts';
import { startHealthServer } from './health/health-server.ts';
import type { HealthServer } from './health/health-server.ts';
import { temporalAnswers } from './health/temporal-answers.ts';
import type { WorkerOptions } from './options/worker-options.ts';
import { loadSettings } from './settings/load-settings.ts';
import { createSettingsHolder } from './settings/settings-holder.ts';
import { keepRefreshing } from './metrics/keep-refreshing.ts';
import type { Refreshing } from './metrics/keep-refreshing.ts';
import { metricsText } from './metrics/metrics-text.ts';
import { createTargetStates } from './metrics/target-states.ts';
import type { TargetStates } from './metrics/target-states.ts';
import { openReceiver } from './receiver/open-receiver.ts';
import type { Connected } from './receiver/open-receiver.ts';
import type { Receiver } from './receiver/receiver.ts';
import { provisionAtStart } from './provision-at-start.ts';
import { listenForSignals } from './signals.ts';
import { watchForIssues } from './watch-for-issues.ts';
import { watchInTurn } from './watch-in-turn.ts';
import type { WatchInTurn } from './watch-in-turn.ts';
import { createWorkers } from './workers/create-workers.ts';
import { workerIdentity } from './workers/identity.ts';
import { createSupervisor } from './workers/supervisor.ts';
import type { Supervisor } from './workers/supervisor.ts';
import { defaultPlaces, toBundle, workflowSource } from './workers/workflow-source.ts';

/** What a person edited stays. */
const APPLIED = { verb: 'apply', force: false, removeDuplicates: false } as const;

interface RunRequest {
  readonly options: WorkerOptions;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** Runs the worker until a signal ends it. What it throws, `farewell` tells. */
export async function runWorker({ options, env, log }: RunRequest): Promise<void> {
  // All that can be wrong on this side is found before anybody is asked.
  const temporal = loadTemporalSettings(env);
  const linkTo = deploymentLink(options.uiUrl, temporal.namespace);
  const own = createFairleadMetrics();
  const settings = createSettingsHolder({
    load: () => loadSettings(options, { env, cwd: process.cwd() }),
    log,
    onReading: (usable) => {
      own.showRejected(!usable);
    },
    ...(linkTo === undefined ? {} : { linkTo }),
  });
  const workflows =
    options.role === 'cluster' ? undefined : workflowSource(defaultPlaces(options.workflowBundle));
  const open = options.role === 'control' ? undefined : await openCluster({ options, env, log });

  let connection: NativeConnection | undefined;
  let supervisor: Supervisor | undefined;
  const ended = new AbortController();
  let health: HealthServer | undefined;
  let states: TargetStates | undefined;
  let refreshing: Refreshing | undefined;
  let watch: WatchInTurn | undefined;
  let receiver: Receiver | undefined;
  let connected: Connected | undefined;
  const signals = listenForSignals({
    log,
    // Before there is anything to end in good order, the process just ends.
    end: () => {
      if (supervisor === undefined) process.exit(EXIT.done);
      supervisor.shutdown();
      // The next worker need not wait until this one has ended its work.
      void watch?.close();
    },
    reload: () => {
      settings.reload();
    },
  });
  try {
    installRuntime({
      log,
      ...(options.metricsAddress === undefined ? {} : { metricsAddress: options.metricsAddress }),
    });
    if (options.health !== undefined) {
      health = await startHealthServer(options.health, {
        states: () => supervisor?.states() ?? [],
        temporalAnswers: () => temporalAnswers(connection),
        metrics: () =>
          states === undefined
            ? undefined
            : metricsText({ targets: states, own, sdkAddress: options.metricsAddress }),
      });
      log.info('health endpoint listens', { host: options.health.host, port: health.port });
    }
    receiver = await openReceiver({ log, settings, metrics: own, connected: () => connected });
    connection = await connectWorker(temporal, { timeoutMs: options.connectTimeoutMs, log });
    await assertNamespace(connection, temporal.namespace);
    if (workflows !== undefined) await prepareNamespace(connection, temporal.namespace, log);
    const workers = await createWorkers({
      ...{ options, env, log, connection, settings, own },
      namespace: temporal.namespace,
      ...(workflows === undefined ? {} : { workflowBundle: await toBundle(workflows, log) }),
      ...(open === undefined ? {} : { cluster: open.cluster }),
      ...(settings.watched.length === 0 ? {} : { leaseNamespace: open?.namespace }),
    });
    if (settings.routing().progress !== undefined) {
      states = createTargetStates(createTargetList({ connection, namespace: temporal.namespace }));
      refreshing = keepRefreshing({ states, systems: () => settings.systems(), log });
    }
    const at = { connection, namespace: temporal.namespace };
    const issueReports = createIssueReports(at);
    connected = {
      reports: issueReports,
      server: { client: new Client(at), ...temporal },
    };
    supervisor = createSupervisor(workers, log);
    const running = supervisor.run();
    log.info('worker runs', {
      ...{ role: options.role, cluster: options.cluster, identity: workerIdentity(options) },
      address: temporal.address,
      namespace: temporal.namespace,
      taskQueue: supervisor.states().map(({ taskQueue }) => taskQueue),
    });
    const { watched } = settings;
    if (open !== undefined && watched.length > 0) {
      const { cluster, namespace } = open;
      watch = watchInTurn({
        ...{ log, cluster, namespace, options },
        watch: () => watchForIssues({ log, cluster, places: watched, reports: issueReports }),
      });
    }
    void provisionAtStart({
      ...{ log, signal: ended.signal, systems: settings.provision },
      apply: (system) => provision({ ...at, input: { ...APPLIED, system } }),
    });
    await running;
    log.info('worker ended', { identity: workerIdentity(options) });
  } finally {
    ended.abort();
    signals.stop();
    refreshing?.stop();
    await watch?.close();
    await receiver?.close();
    settings.close();
    open?.close();
    await health?.close();
    await connection?.close();
  }
}

async function prepareNamespace(
  connection: NativeConnection,
  namespace: string,
  log: Log,
): Promise<void> {
  const searchAttributes = await ensureSearchAttributes(connection, namespace);
  if (searchAttributes.length > 0) {
    log.info('search attributes registered', { namespace, searchAttributes });
  }
}
