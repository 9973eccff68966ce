import { FairleadError } from '../errors/fairlead-error.ts';
import { QUERY_TIMEOUT_MS, bounded } from './bounded.ts';
import type { Session } from './session.ts';

/** Those from which no worker takes activities; the server remembers one that is gone for some minutes. */
export async function unservedQueues(
  session: Session,
  queues: readonly string[],
): Promise<readonly string[]> {
  const served = await Promise.all(queues.map((queue) => isServed(session, queue)));
  return queues.filter((_queue, index) => served[index] === false);
}

/** One of which the server does not tell counts as served: only what is known is said. */
async function isServed(session: Session, name: string): Promise<boolean> {
  const { client, namespace } = session;
  const call = { what: `the workers of ${name}`, timeoutMs: QUERY_TIMEOUT_MS };
  try {
    const { pollers } = await bounded(session, call, () =>
      client.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name },
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- TASK_QUEUE_TYPE_ACTIVITY, whose enum no package of ours exports
        taskQueueType: 2,
      }),
    );
    return pollers.length > 0;
  } catch (error) {
    if (error instanceof FairleadError) return true;
    throw error;
  }
}
