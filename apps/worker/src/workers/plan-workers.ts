import type {
  WorkerOptions as TemporalWorkerOptions,
  WorkflowBundleOption,
} from '@temporalio/worker';
import { CONTROL_QUEUE, clusterQueue, deliveryQueue } from '@fairlead/contracts';
import type {
  ClusterActivities,
  ClusterDoctorActivities,
  DeliveryActivities,
} from '@fairlead/contracts';
import type { Role } from '../options/worker-options.ts';

/** One Temporal worker of this process: a task queue and what is done on it. */
export type PlannedWorker = Omit<TemporalWorkerOptions, 'connection' | 'namespace'>;

export interface WorkerParts {
  readonly role: Role;
  readonly cluster: string;
  readonly identity: string;
  readonly versioning: TemporalWorkerOptions['workerDeploymentOptions'] | undefined;
  /** Absent unless the role has control. */
  readonly control?: {
    readonly workflowBundle: WorkflowBundleOption;
    readonly activities: object;
    readonly delivery: DeliveryActivities;
    readonly paced: readonly string[];
    /** Deliveries a second by destination. */
    readonly rates: Readonly<Record<string, number>>;
  };
  /** Absent unless the role has the cluster. */
  readonly clusterActivities?: ClusterActivities & ClusterDoctorActivities;
}

/** Work may end within 30 s, all is over in 50: give the pod `terminationGracePeriodSeconds: 60`. */
const SHUTDOWN = { shutdownGraceTime: '30s', shutdownForceTime: '50s' } as const;

/**
 * Runs that wait keep their place in memory up to here; others are replayed when something happens. Explicit, as the
 * default grows with the machine until it is killed for its memory (sdk-typescript issue 2227).
 */
const MAX_CACHED_WORKFLOWS = 500;

/**
 * A slot is held by every watch for as long as its deployment runs, and a watch is a few kilobytes that wait. At the
 * default of 100, the hundredth deployment's rollback would wait for another's watch to end.
 */
const CLUSTER_SLOTS = 2_000;

/**
 * Settings, lookups and the keyed road share one queue, and all of them only wait for an answer from far away. At the
 * default of 100, a hundred deliveries to a vendor that hangs would hold up the start of every new deployment.
 */
const CONTROL_SLOTS = 2_000;

/** A cancellation reaches an activity with the answer to a heartbeat: at most this late. Their pace is their own. */
const HEARTBEAT_THROTTLE = {
  maxHeartbeatThrottleInterval: '250ms',
  defaultHeartbeatThrottleInterval: '250ms',
} as const;

/** The sandbox's inbox takes any rate; a real vendor's is much lower. */
const DEFAULT_DELIVERIES_PER_SECOND = 50;

export function planWorkers(parts: WorkerParts): readonly PlannedWorker[] {
  const common = {
    identity: parts.identity,
    ...SHUTDOWN,
    ...(parts.versioning === undefined ? {} : { workerDeploymentOptions: parts.versioning }),
  };
  const { control, cluster, clusterActivities } = parts;
  return [
    ...(control === undefined ? [] : controlWorkers(control, common)),
    ...(clusterActivities === undefined
      ? []
      : [
          {
            ...common,
            ...HEARTBEAT_THROTTLE,
            taskQueue: clusterQueue(cluster),
            activities: clusterActivities,
            maxConcurrentActivityTaskExecutions: CLUSTER_SLOTS,
          },
        ]),
  ];
}

function controlWorkers(
  { workflowBundle, activities, delivery, paced, rates }: NonNullable<WorkerParts['control']>,
  common: Omit<PlannedWorker, 'taskQueue'>,
): readonly PlannedWorker[] {
  return [
    {
      ...common,
      workflowBundle,
      taskQueue: CONTROL_QUEUE,
      activities: { ...activities, ...delivery },
      maxCachedWorkflows: MAX_CACHED_WORKFLOWS,
      maxConcurrentActivityTaskExecutions: CONTROL_SLOTS,
    },
    ...paced.map((destination) => ({
      ...common,
      taskQueue: deliveryQueue(destination),
      activities: deliverOneOf(delivery),
      ...rateLimit(rates[destination] ?? DEFAULT_DELIVERIES_PER_SECOND),
    })),
  ];
}

function deliverOneOf(delivery: DeliveryActivities): Pick<DeliveryActivities, 'deliverOne'> {
  return { deliverOne: (request) => delivery.deliverOne(request) };
}

/** 0 lifts it. */
function rateLimit(perSecond: number): Pick<PlannedWorker, 'maxTaskQueueActivitiesPerSecond'> {
  return perSecond === 0 ? {} : { maxTaskQueueActivitiesPerSecond: perSecond };
}
