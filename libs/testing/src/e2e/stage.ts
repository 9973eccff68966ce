import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { deploymentWorkflowId, targetWorkflowId } from '@fairlead/contracts';
import type {
  AdmissionAnswer,
  DeploymentRecord,
  DeploymentRequest,
  DeploymentResult,
  LedgerView,
} from '@fairlead/contracts';
import { ledgerQuery, recordQuery } from '@fairlead/contracts/messages';
import { joinTemporal, startTemporal, waitFor } from '../servers/index.ts';
import type { TemporalServer, TemporalVariables } from '../servers/index.ts';
import { createScratch } from '../servers/scratch.ts';
import { requestDeployment } from '../workflows/index.ts';
import { shippedBundle } from './shipped-bundle.ts';
import { spawnWorker } from './worker-process.ts';
import type { SpawnedWorker } from './worker-process.ts';

/** Longest that anything here may take, kills and their timeouts included: a guard against hanging, not a measure. */
const DEADLINE_MS = 120_000;

/** A message that the destination `log` took: one line of a worker's log. */
export interface LoggedMessage {
  readonly key: string;
  readonly kind: string;
  readonly deploymentId: string;
  readonly text: string;
}

export interface StageOptions {
  /** A Temporal of its own, on a file, that can be killed. Default: it may share one with others. */
  readonly ownTemporal?: boolean;
}

/** Temporal, and workers as they are shipped, each a process of its own. */
export interface Stage {
  readonly client: Client;
  /** How to reach its Temporal. */
  readonly temporalEnv: TemporalVariables;
  /** For whatever must outlive a killed worker. */
  readonly directory: string;
  /** Resolves when the worker takes work. `args` take the place of the stage's own. `healthPort`: default a free one. */
  startWorker(args?: readonly string[], healthPort?: number): Promise<SpawnedWorker>;
  /** kill -9 of every worker that runs. */
  killWorkers(): Promise<void>;
  /** kill -9 of the stage's own server; it comes back by `restartTemporal` with its file and on its port. */
  killTemporal(): Promise<void>;
  restartTemporal(): Promise<void>;
  request(request: DeploymentRequest): Promise<AdmissionAnswer>;
  record(deploymentId: string): Promise<DeploymentRecord>;
  ledger(environment: string, application: string): Promise<LedgerView>;
  until(
    deploymentId: string,
    condition: (record: DeploymentRecord) => boolean,
    what: string,
  ): Promise<DeploymentRecord>;
  /** Waits until an activity of the deployment is at work in a worker. */
  untilWorkingAt(deploymentId: string, activity: string): Promise<void>;
  result(deploymentId: string): Promise<DeploymentResult>;
  /** What all workers so far were given to tell, oldest first. */
  messages(deploymentId: string): LoggedMessage[];
  stop(): Promise<void>;
}

/** `workerArgs` gets the stage's directory. */
export async function startStage(
  workerArgs: (directory: string) => readonly string[],
  { ownTemporal = false }: StageOptions = {},
): Promise<Stage> {
  const scratch = await createScratch('e2e');
  const { directory } = scratch;
  const dbFile = join(directory, 'temporal.db');
  let own: TemporalServer | undefined;
  if (ownTemporal) own = await startTemporal({ dbFile });
  const temporal = own ?? (await joinTemporal());
  const bundle = await shippedBundle(directory);
  const { address, namespace, env: temporalEnv } = temporal;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const workers: SpawnedWorker[] = [];

  function deployment(deploymentId: string) {
    return client.workflow.getHandle(deploymentWorkflowId(deploymentId));
  }

  function record(deploymentId: string): Promise<DeploymentRecord> {
    return deployment(deploymentId).query(recordQuery);
  }

  async function killWorkers(): Promise<void> {
    for (const { child } of workers) child.kill('SIGKILL');
    await Promise.all(workers.map(({ exited }) => exited));
  }

  return {
    client,
    temporalEnv,
    directory,
    async startWorker(args = workerArgs(directory), healthPort = 0) {
      const worker = spawnWorker([...args, '--health-port', String(healthPort)], {
        ...temporalEnv,
        FAIRLEAD_WORKFLOW_BUNDLE: bundle,
      });
      workers.push(worker);
      if (worker.child.pid !== undefined) scratch.adopt(worker.child.pid);
      await worker.ready();
      return worker;
    },
    killWorkers,
    async killTemporal() {
      if (own === undefined) throw new Error('others may use this Temporal: ask for an own one');
      await own.kill('SIGKILL');
    },
    async restartTemporal() {
      if (own !== undefined) own = await startTemporal({ dbFile, port: own.port });
    },
    request: (request) => requestDeployment(client, request),
    record,
    ledger: (environment, application) =>
      client.workflow.getHandle(targetWorkflowId(environment, application)).query(ledgerQuery),
    async until(deploymentId, condition, what) {
      let last: DeploymentRecord | undefined;
      const found = await waitFor(
        async () => {
          last = await record(deploymentId).catch(() => undefined);
          return last !== undefined && condition(last) ? last : undefined;
        },
        { deadlineMs: DEADLINE_MS, what: () => `${what}; the record is ${JSON.stringify(last)}` },
      );
      return found;
    },
    async untilWorkingAt(deploymentId, activity) {
      await waitFor(
        async () => {
          const { raw } = await deployment(deploymentId)
            .describe()
            .catch(() => ({ raw: undefined }));
          return raw?.pendingActivities?.some(
            ({ activityType, lastStartedTime }) =>
              activityType?.name === activity && Boolean(lastStartedTime),
          );
        },
        { deadlineMs: DEADLINE_MS, what: `${activity} of ${deploymentId} to be at work` },
      );
    },
    result: (deploymentId) => deployment(deploymentId).result(),
    messages: (deploymentId) =>
      workers
        .flatMap((worker) => worker.stderr().split('\n'))
        .filter((line) => line.includes('"message":"notification"'))
        .map((line) => JSON.parse(line) as Record<string, string>)
        .filter((line) => line['deploymentId'] === deploymentId)
        .map((line) => ({
          key: line['deliveryKey'] ?? '',
          kind: line['eventKind'] ?? '',
          deploymentId,
          text: line['text'] ?? '',
        })),
    async stop() {
      await killWorkers();
      await connection.close();
      await (own ?? temporal).stop();
      await scratch.remove();
    },
  };
}
