import type { Cluster } from '@fairlead/cluster';
import type { ConnectionTarget, KubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { Log } from '@fairlead/temporal/logging';
import type { WorkerOptions } from './options/worker-options.ts';

export interface OpenCluster {
  readonly cluster: Cluster;
  /** The worker's own; absent where nothing tells it. */
  readonly namespace?: string;
  close(): void;
}

interface OpenClusterRequest {
  readonly options: Pick<WorkerOptions, 'sandbox' | 'kubeconfig' | 'context'>;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/**
 * The cluster that this worker changes; its client is loaded only when it is the one. Throws an `AdapterError` of type
 * `config-invalid` when no connection can be made with what is configured. An API server that is away may come back.
 */
export async function openCluster({
  options: { sandbox, kubeconfig, context },
  env,
  log,
}: OpenClusterRequest): Promise<OpenCluster> {
  if (sandbox !== undefined) {
    const { createSandboxCluster } = await import('./sandbox.ts');
    return { cluster: createSandboxCluster(sandbox), close: () => undefined };
  }
  const { connectionTarget, createKubernetesCluster } =
    await import('@fairlead/cluster/kubernetes');
  const connection = {
    env,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
  };
  const target = connectionTarget(connection);
  log.info('cluster configured', fieldsOf(target));
  const cluster = createKubernetesCluster(connection);
  void warnWhenAway(cluster, { target, log });
  return {
    cluster,
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
    close: () => {
      cluster.close();
    },
  };
}

async function warnWhenAway(
  cluster: KubernetesCluster,
  { target, log }: { target: ConnectionTarget; log: Log },
): Promise<void> {
  try {
    await cluster.probe();
  } catch (error) {
    log.warn('cluster cannot be used now; it is asked again at each deployment', {
      ...fieldsOf(target),
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

function fieldsOf({ server, context, source }: ConnectionTarget) {
  return { address: server, context, source };
}
