import { setTimeout as wait } from 'node:timers/promises';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import { connect } from '@fairlead/client/internal/connection/connect';

/** Quick enough for a person who waits; a worker takes about a second. */
const POLL_MS = 200;

/** Resolves when a worker asks the server for work: from then on a deployment is taken at once. */
export async function workerIsReady(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const session = await connect(env);
  const { client, namespace } = session;
  try {
    while (!signal.aborted) {
      const { pollers } = await client.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: CONTROL_QUEUE },
      });
      if (pollers.length > 0) return;
      await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await session.close();
  }
}
