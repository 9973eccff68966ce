import type { ConnectionLike } from '@temporalio/client';

/** What a server has unless its dynamic configuration says otherwise. */
const DEFAULT_PARTITIONS = 4;
const TIMEOUT_MS = 5_000;

interface PartitionsRequest {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly taskQueue: string;
}

/** Among how many partitions a queue's activities, and so its rate, are shared out. The default where nobody says. */
export async function activityPartitions(request: PartitionsRequest): Promise<number> {
  const { connection, namespace, taskQueue } = request;
  try {
    const { activityTaskQueuePartitions } = await connection.withDeadline(
      Date.now() + TIMEOUT_MS,
      () =>
        connection.workflowService.listTaskQueuePartitions({
          namespace,
          taskQueue: { name: taskQueue },
        }),
    );
    return activityTaskQueuePartitions.length || DEFAULT_PARTITIONS;
  } catch {
    // Not every service answers this, and a slower queue is no reason not to start.
    return DEFAULT_PARTITIONS;
  }
}
