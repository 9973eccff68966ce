import { accessSync, constants } from 'node:fs';
import type { Cluster } from '@fairlead/cluster';
import { UsageError } from './options/usage-error.ts';
import type { WorkerOptions } from './options/worker-options.ts';

export interface OpenCluster {
  readonly cluster: Cluster;
  close(): void;
}

/** The cluster that this worker changes; its client is loaded only when it is the one. Throws `UsageError`. */
export async function openCluster({
  sandbox,
  kubeconfig,
  context,
}: WorkerOptions): Promise<OpenCluster> {
  if (sandbox !== undefined) {
    const { createSandboxCluster } = await import('./sandbox.ts');
    return { cluster: createSandboxCluster(sandbox), close: () => undefined };
  }
  if (kubeconfig !== undefined) assertReadable(kubeconfig);
  const { createKubernetesCluster } = await import('@fairlead/cluster/kubernetes');
  const cluster = createKubernetesCluster({
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
  });
  return {
    cluster,
    close: () => {
      cluster.close();
    },
  };
}

function assertReadable(kubeconfig: string): void {
  try {
    accessSync(kubeconfig, constants.R_OK);
  } catch {
    throw new UsageError(`--kubeconfig ${JSON.stringify(kubeconfig)}: there is no readable file`);
  }
}
