import { ActivityFailure, proxyActivities, TimeoutFailure } from '@temporalio/workflow';
import { clusterQueue, CONTROL_QUEUE } from '@fairlead/contracts';
import type {
  Check,
  ClusterDoctorActivities,
  DoctorActivities,
  DoctorInput,
  DoctorReport,
} from '@fairlead/contracts';
import { CHECK } from './activity-options.ts';
import { reasonOf } from './deployment/reason-of.ts';

/** Has workers look at what only they can reach. Ends in seconds, whatever is away. */
export async function doctor({ places }: DoctorInput): Promise<DoctorReport> {
  const { checkControl } = proxyActivities<DoctorActivities>({
    ...CHECK,
    taskQueue: CONTROL_QUEUE,
    summary: 'configuration, channels and systems',
  });
  const [control, ...clusters] = await Promise.all([
    checkControl().catch((error: unknown): DoctorReport => {
      return { checks: [failed('worker', error, 'see its log')], deliveryQueues: [] };
    }),
    ...places.map((place) => {
      const taskQueue = clusterQueue(place.cluster);
      const { checkCluster } = proxyActivities<ClusterDoctorActivities>({
        ...CHECK,
        taskQueue,
        summary: `cluster ${place.cluster}`,
      });
      return checkCluster(place).catch((error: unknown) => [
        failed(
          `cluster ${place.cluster}`,
          error,
          `start \`fairlead-worker --role cluster --cluster ${place.cluster}\`, or see its log`,
        ),
      ]);
    }),
  ]);
  const { checks, deliveryQueues } = control;
  return { checks: [...checks, ...clusters.flat()], deliveryQueues };
}

function failed(name: string, error: unknown, mend: string): Check {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const detail = cause instanceof TimeoutFailure ? 'no worker answers in time' : reasonOf(error);
  return { name, state: 'fail', detail, mend };
}
