import { CONTROL_QUEUE, clusterQueue } from '@fairlead/contracts';
import type { Check, ClusterPlace } from '@fairlead/contracts';
import { lackingSearchAttributes, searchAttributeCommand } from '@fairlead/temporal';
import { QUERY_TIMEOUT_MS, bounded } from '@fairlead/client/internal/connection/bounded';
import type { Session } from '@fairlead/client/internal/connection/session';
import { unservedQueues } from '@fairlead/client/internal/connection/unserved-queues';

export interface ServerFacts {
  readonly version: string;
  readonly address: string;
  readonly namespace: string;
  /** Search attributes that the namespace lacks. */
  readonly lacking: readonly string[];
}

export function askServer(session: Session): Promise<ServerFacts> {
  const { client, address, namespace } = session;
  const call = { what: 'its version and search attributes', timeoutMs: QUERY_TIMEOUT_MS };
  return bounded(session, call, async () => {
    const [{ serverVersion: version }, lacking] = await Promise.all([
      client.workflowService.getSystemInfo({}),
      lackingSearchAttributes(client.connection, namespace),
    ]);
    return { version, address, namespace, lacking };
  });
}

/** That it answers, which version, and whether workflows of ours can start there. */
export function checkServer({ version, address, namespace, lacking }: ServerFacts): Check {
  const name = 'temporal';
  const answers = `${version} answers at ${address}, namespace ${namespace}`;
  if (lacking.length === 0) return { name, state: 'ok', detail: answers };
  return {
    ...{ name, state: 'fail' },
    detail: `${answers}, which lacks search attributes: ${lacking.join(', ')}`,
    mend: `start a worker, which registers them, or run: ${searchAttributeCommand(namespace)}`,
  };
}

/** Whether anybody takes the work: of the control queue, and of each cluster that the configuration names. */
export function checkWorkers(
  session: Session,
  places: readonly ClusterPlace[],
): Promise<readonly Check[]> {
  return checkQueues(session, [
    {
      ...{ name: 'workers, role control', queue: CONTROL_QUEUE },
      mend: 'start `fairlead-worker --role control`',
    },
    ...places.map(({ cluster }) => ({
      ...{ name: `workers, cluster ${cluster}`, queue: clusterQueue(cluster) },
      mend: `start \`fairlead-worker --role cluster --cluster ${cluster}\``,
    })),
  ]);
}

/** Whether anybody takes what the workers' configuration has sent on a road of its own. */
export function checkDeliveryQueues(
  session: Session,
  queues: readonly string[],
): Promise<readonly Check[]> {
  const mend = 'restart a worker of role control: what is new is served only then';
  return checkQueues(
    session,
    queues.map((queue) => ({ name: `workers, ${queue}`, queue, mend })),
  );
}

interface Role {
  readonly name: string;
  readonly queue: string;
  /** Where nobody serves it. */
  readonly mend: string;
}

async function checkQueues(session: Session, roles: readonly Role[]): Promise<readonly Check[]> {
  const queues = roles.map(({ queue }) => queue);
  const unserved = await unservedQueues(session, queues);
  return roles.map(({ name, queue, mend }) =>
    unserved.includes(queue)
      ? { name, state: 'fail', detail: `nobody takes work from ${queue}`, mend }
      : { name, state: 'ok', detail: `take work from ${queue}` },
  );
}
