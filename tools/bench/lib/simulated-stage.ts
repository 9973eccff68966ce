import { join } from 'node:path';
/* eslint-disable @nx/enforce-module-boundaries -- a tool stands above the layers: nothing imports it */
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
/* eslint-enable @nx/enforce-module-boundaries */
import { startStage } from '@fairlead/testing/e2e';
import type { Stage } from '@fairlead/testing/e2e';

/** Temporal, and a worker of a simulated cluster with `api` in a namespace for each target; without targets there is none. */
export async function startSimulatedStage(targets: readonly string[]): Promise<Stage> {
  const stage = await startStage((directory) => ['--role', 'cluster', '--sandbox', directory]);
  if (targets.length === 0) return stage;
  const stateFile = join(stage.directory, 'cluster.json');
  const workloads = targets.map((namespace) => ({
    ...{ namespace, name: 'api', image: 'registry.test/api:1', replicas: 4 },
  }));
  createSimulatedCluster({ stateFile, seed: { workloads } }).close();
  await stage.startWorker();
  return stage;
}
