import { CONTROL_QUEUE, clusterQueue } from '@fairlead/contracts';
import type { Check, ClusterPlace } from '@fairlead/contracts';
import { QUERY_TIMEOUT_MS, bounded } from '../temporal/bounded.ts';
import type { Session } from '../temporal/session.ts';
import { unservedQueues } from '../temporal/unserved-queues.ts';

/** That it answers, and which version. */
export async function checkServer(session: Session): Promise<Check> {
  const { client, address, namespace } = session;
  const call = { what: 'its version', timeoutMs: QUERY_TIMEOUT_MS };
  const { serverVersion } = await bounded(session, call, () =>
    client.workflowService.getSystemInfo({}),
  );
  const detail = `${serverVersion} answers at ${address}, namespace ${namespace}`;
  return { name: 'temporal', state: 'ok', detail };
}

/** Whether anybody takes the work: of the control queue, and of each cluster that the configuration names. */
export async function checkWorkers(
  session: Session,
  places: readonly ClusterPlace[],
): Promise<readonly Check[]> {
  const roles = [
    { name: 'workers, role control', queue: CONTROL_QUEUE, args: '--role control' },
    ...places.map(({ cluster }) => ({
      name: `workers, cluster ${cluster}`,
      queue: clusterQueue(cluster),
      args: `--role cluster --cluster ${cluster}`,
    })),
  ];
  const unserved = await unservedQueues(
    session,
    roles.map(({ queue }) => queue),
  );
  return roles.map(({ name, queue, args }) =>
    unserved.includes(queue)
      ? {
          ...{ name, state: 'fail', detail: `nobody takes work from ${queue}` },
          mend: `start \`fairlead-worker ${args}\``,
        }
      : { name, state: 'ok', detail: `take work from ${queue}` },
  );
}
