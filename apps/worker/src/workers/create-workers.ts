import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker';
import { createClusterActivities } from '@fairlead/cluster';
import type { Cluster } from '@fairlead/cluster';
import { deliveryQueue } from '@fairlead/contracts';
import { createMonitoringActivities } from '@fairlead/monitoring';
import type { FairleadMetrics } from '@fairlead/monitoring/prometheus';
import {
  checkableChannel,
  createDeliveryActivities,
  createSettingsActivities,
  queueRate,
} from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import { createRemediationActivities } from '@fairlead/remediation';
import {
  createDigestActivities,
  createForeignActivities,
  createLookupActivities,
  createTargetLookup,
  createTurnActivities,
} from '@fairlead/temporal/activities';
import type { Log } from '@fairlead/temporal/logging';
import { activityPartitions } from '@fairlead/temporal/worker';
import { checkControl } from '../doctor/check-control.ts';
import type { WorkerOptions } from '../options/worker-options.ts';
import type { SettingsHolder } from '../settings/settings-holder.ts';
import { countAttempts } from '../metrics/count-attempts.ts';
import { workerIdentity } from './identity.ts';
import { pacedQueues, queueOf } from './paced-queues.ts';
import { planWorkers } from './plan-workers.ts';
import type { WorkerParts } from './plan-workers.ts';
import { versioning } from './versioning.ts';

export interface CreateRequest {
  readonly options: WorkerOptions;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly namespace: string;
  readonly connection: NativeConnection;
  readonly settings: SettingsHolder;
  /** Counts attempts and failures. */
  readonly own: FairleadMetrics;
  /** Absent when the role is only `cluster`. */
  readonly workflowBundle?: WorkflowBundleOption;
  /** Absent when the role is only `control`. */
  readonly cluster?: Cluster;
  /** Where the worker stands for the Lease of who watches for issues; absent where it does not. */
  readonly leaseNamespace?: string | undefined;
}

/** Makes the workers of this process; none polls yet. */
export async function createWorkers(request: CreateRequest): Promise<readonly Worker[]> {
  const { connection, namespace, own } = request;
  const interceptors = { activity: [countAttempts(own)] };
  const workers: Worker[] = [];
  for (const planned of planWorkers(await partsOf(request))) {
    workers.push(await Worker.create({ ...planned, connection, namespace, interceptors }));
  }
  return workers;
}

async function partsOf(request: CreateRequest): Promise<WorkerParts> {
  const { options, env, workflowBundle, cluster, leaseNamespace } = request;
  return {
    role: options.role,
    cluster: options.cluster,
    identity: workerIdentity(options),
    versioning: versioning(env),
    ...(workflowBundle === undefined
      ? {}
      : { control: await controlParts(request, workflowBundle) }),
    ...(cluster === undefined
      ? {}
      : { clusterActivities: clusterActivities(cluster, leaseNamespace) }),
  };
}

function clusterActivities(cluster: Cluster, leaseNamespace: string | undefined) {
  return {
    ...createClusterActivities({ cluster, leaseNamespace }),
    ...createRemediationActivities({ cluster }),
  };
}

async function controlParts(
  request: CreateRequest,
  workflowBundle: WorkflowBundleOption,
): Promise<NonNullable<WorkerParts['control']>> {
  const { options, log, settings, connection, namespace } = request;
  const routing = () => settings.routing();
  const { destinations } = routing();
  return {
    workflowBundle,
    activities: {
      ...createSettingsActivities({ settings: routing }),
      ...createLookupActivities({ connection, namespace }),
      ...createForeignActivities({ connection, namespace }),
      ...createDigestActivities({ connection, namespace }),
      ...createTurnActivities({ connection, namespace }),
      ...createMonitoringActivities({ systems: () => settings.systems() }),
      checkControl: () =>
        checkControl({
          settings: settings.state(),
          systems: settings.systems(),
          channels: settings.channels().flatMap((one) => checkableChannel(one) ?? []),
          destinations: routing().destinations,
        }),
    },
    delivery: createDeliveryActivities({
      settings: routing,
      log,
      targets: createTargetLookup({ connection, namespace }),
    }),
    paced: pacedQueues(destinations),
    rates: { ...(await ownRates(destinations, request)), ...options.rates },
  };
}

/** What the vendors take, or the configuration allows. */
async function ownRates(
  destinations: readonly Destination[],
  { connection, namespace }: CreateRequest,
): Promise<Record<string, number>> {
  const limits = new Map(
    destinations.flatMap((destination) => {
      const { perSecond } = destination;
      return perSecond === undefined ? [] : [[queueOf(destination), perSecond] as const];
    }),
  );
  const rates = await Promise.all(
    [...limits].map(async ([queue, perSecond]) => {
      const taskQueue = deliveryQueue(queue);
      const partitions = await activityPartitions({ connection, namespace, taskQueue });
      return [queue, queueRate(perSecond, partitions)] as const;
    }),
  );
  return Object.fromEntries(rates);
}
