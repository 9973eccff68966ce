import { testClusterPath } from '../../../../tools/setup/index.ts';
import { clusterAccess } from './cluster-access.ts';
import type { ClusterAccess } from './cluster-access.ts';
import type { ClusterFiles } from './cluster-files.ts';
import { writeClusterFiles, writeKubeconfigs } from './cluster-files.ts';
import * as flags from './control-plane.ts';
import { freePorts } from './free-ports.ts';
import { installGatewayApi } from './gateway-api.ts';
import { isReady } from './ready-check.ts';
import { createScratch } from './scratch.ts';
import type { ServerProcess } from './server-process.ts';
import { GOGC, startServer } from './server-process.ts';
import { waitFor } from './wait-for.ts';

export interface TestClusterOptions {
  /** Default false: pods then name their node, `nodeName: node-0`. */
  scheduler?: boolean;
  /** Installs HTTPRoute, Gateway and ReferenceGrant. Default false. */
  gatewayApi?: boolean;
}

export interface TestCluster extends ClusterAccess {
  /** Process IDs by component. */
  pids: Record<string, number>;
  stop(): Promise<void>;
}

/** Up in 3 s; a busy machine may take ten times that. */
const START_DEADLINE_MS = 60_000;
const NODE = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node-0', labels: { 'kubernetes.io/hostname': 'node-0' } },
});

/** Starts a Kubernetes control plane with one played node, and resolves when the node is ready. */
export async function startTestCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const binary = await testClusterPath();
  const [etcdClient, etcdPeer, apiServer] = (await freePorts(3)) as [number, number, number];
  const ports = { etcdClient, etcdPeer, apiServer };
  const server = `https://127.0.0.1:${apiServer}`;
  const scratch = await createScratch('cluster');
  const files = await writeClusterFiles(scratch.directory);
  const processes: ServerProcess[] = [];
  const start = (name: string, args: string[]) => {
    const env = { ...process.env, KWOK_WORKDIR: scratch.directory, GOGC };
    processes.push(startServer(scratch, { name, command: binary, args: [name, ...args], env }));
  };
  const stop = async () => {
    // Newest first: the API server ends in a second once its watchers have gone, and else waits for them.
    for (const each of processes.toReversed()) await each.stop();
    await scratch.remove();
  };
  const access = clusterAccess({ binary, directory: scratch.directory, server });
  const { kubectl } = access;
  try {
    start('etcd', flags.etcdFlags(files, ports));
    start('apiserver', flags.apiServerFlags(files, ports));
    await untilReady(files, server, processes);
    await writeKubeconfigs(files, server);
    start('controller-manager', flags.controllerManagerFlags(files));
    start('kwok', flags.kwokFlags(files));
    if (options.scheduler) start('scheduler', flags.schedulerFlags(files));
    await kubectl(['create', '-f', '-'], NODE);
    if (options.gatewayApi) await installGatewayApi(kubectl);
    await kubectl(['wait', '--for=condition=Ready', '--timeout=60s', 'node/node-0']);
    for (const each of processes) each.assertAlive();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...access,
    pids: Object.fromEntries(processes.map(({ name, pid }) => [name, pid])),
    stop,
  };
}

async function untilReady(
  files: ClusterFiles,
  server: string,
  processes: ServerProcess[],
): Promise<void> {
  await waitFor(
    () => {
      for (const each of processes) each.assertAlive();
      return isReady(files, server);
    },
    { deadlineMs: START_DEADLINE_MS, what: `the API server at ${server} to be ready` },
  );
}
