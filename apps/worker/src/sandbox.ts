import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import type { Cluster } from '@fairlead/cluster';

/** Namespaces of a `deploy` without a configuration (the environment's name), and of the README's example. */
const NAMESPACES = ['staging', 'production', 'varai-staging', 'varai-production'];

/** Ten replicas make the canary's first step of 10 % exactly one pod. */
const WORKLOADS = [
  { name: 'api', image: 'registry.example.com/shop/api:2.4.0', replicas: 10 },
  { name: 'web', image: 'registry.example.com/shop/web:2.4.0', replicas: 5 },
];

/** Slow enough for eyes to see a rollout go, quick enough for a demo. */
const READY_AFTER_MS = 300;

/** For `remediate` to mend: the pod of the example in docs/client.md. */
const SICK = { namespace: 'varai-staging', name: 'api', pod: 'api-123456-abcde' };

/** The application `shop` in a cluster that lives in this process and in `DIR/cluster.json`. */
export function createSandboxCluster(directory: string): Cluster {
  mkdirSync(directory, { recursive: true });
  return createSimulatedCluster({
    stateFile: join(directory, 'cluster.json'),
    readyAfterMs: READY_AFTER_MS,
    seed: {
      workloads: NAMESPACES.flatMap((namespace) =>
        WORKLOADS.map((workload) => ({
          ...{ namespace, ...workload },
          ...(namespace === SICK.namespace && workload.name === SICK.name
            ? { sick: { pod: SICK.pod, fate: 'crashloop' } as const }
            : {}),
        })),
      ),
    },
  });
}
