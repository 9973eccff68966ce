import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker';
import { createClusterActivities } from '@fairlead/cluster';
import type { Cluster } from '@fairlead/cluster';
import {
  createDeliveryActivities,
  createSettingsActivities,
  queueRate,
} from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import { createDigestActivities, createLookupActivities } from '@fairlead/temporal/activities';
import type { Log } from '@fairlead/temporal/logging';
import type { WorkerOptions } from '../options/worker-options.ts';
import type { SettingsHolder } from '../settings/settings-holder.ts';
import { workerIdentity } from './identity.ts';
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
  /** Absent when the role is only `cluster`. */
  readonly workflowBundle?: WorkflowBundleOption;
  /** Absent when the role is only `control`. */
  readonly cluster?: Cluster;
}

/** Makes the workers of this process; none polls yet. */
export async function createWorkers(request: CreateRequest): Promise<readonly Worker[]> {
  const { connection, namespace } = request;
  const workers: Worker[] = [];
  for (const planned of planWorkers(partsOf(request))) {
    workers.push(await Worker.create({ ...planned, connection, namespace }));
  }
  return workers;
}

function partsOf(request: CreateRequest): WorkerParts {
  const { options, env, workflowBundle, cluster } = request;
  return {
    role: options.role,
    cluster: options.cluster,
    identity: workerIdentity(options),
    versioning: versioning(env),
    ...(workflowBundle === undefined ? {} : { control: controlParts(request, workflowBundle) }),
    ...(cluster === undefined ? {} : { clusterActivities: createClusterActivities({ cluster }) }),
  };
}

function controlParts(
  { options, log, settings, connection, namespace }: CreateRequest,
  workflowBundle: WorkflowBundleOption,
): NonNullable<WorkerParts['control']> {
  const routing = () => settings.routing();
  const { destinations } = routing();
  return {
    workflowBundle,
    activities: {
      ...createSettingsActivities({ settings: routing }),
      ...createLookupActivities({ connection, namespace }),
      ...createDigestActivities({ connection, namespace }),
    },
    delivery: createDeliveryActivities({ settings: routing, log }),
    paced: [...new Set(destinations.filter(({ road }) => road === 'paced').map(queueOf))],
    rates: { ...ownRates(destinations), ...options.rates },
  };
}

/** What the vendors take, or the configuration allows. */
function ownRates(destinations: readonly Destination[]): Record<string, number> {
  return Object.fromEntries(
    destinations.flatMap((destination) => {
      const { perSecond } = destination;
      return perSecond === undefined ? [] : [[queueOf(destination), queueRate(perSecond)]];
    }),
  );
}

function queueOf({ name, queue = name }: Destination): string {
  return queue;
}
