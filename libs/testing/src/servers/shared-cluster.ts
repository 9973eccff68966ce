import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { testClusterPath } from '../../../../tools/setup/index.ts';
import { clusterAccess } from './cluster-access.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { clusterPaths } from './cluster-files.ts';
import { startTestCluster } from './test-cluster.ts';
import type { TestCluster } from './test-cluster.ts';

/** Path of the admin's kubeconfig. */
const VARIABLE = 'FAIRLEAD_TEST_CLUSTER';

export type SharedCluster = Pick<TestCluster, keyof ClusterAccess | 'stop'>;

/** A control plane with the Gateway API for all suites, and what tells them of it: a start costs 7 s of work. */
export async function startSharedCluster(): Promise<{
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}> {
  const cluster = await startTestCluster({ gatewayApi: true });
  return { env: { [VARIABLE]: cluster.kubeconfigs.admin }, stop: () => cluster.stop() };
}

/**
 * The control plane that `npm test` started for all its suites, or else a new one. Work in namespaces of your own, and
 * halt no part of it: others use it.
 */
export async function joinTestCluster(): Promise<SharedCluster> {
  const kubeconfig = process.env[VARIABLE];
  if (!kubeconfig) return startTestCluster({ gatewayApi: true });
  const { clusters } = JSON.parse(await readFile(kubeconfig, 'utf8')) as {
    readonly clusters: readonly [{ readonly cluster: { readonly server: string } }];
  };
  const directory = dirname(kubeconfig);
  const { size: auditSkip } = await stat(clusterPaths(directory).auditLog);
  const access = clusterAccess({
    ...{ binary: await testClusterPath(), directory, auditSkip },
    server: clusters[0].cluster.server,
  });
  return { ...access, stop: () => Promise.resolve() };
}
