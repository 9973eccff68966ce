import { randomUUID } from 'node:crypto';
import { describeCluster } from '../contract-suite/contract-suite.ts';
import type { ClusterHarness } from '../contract-suite/harness.ts';
import { createSimulatedCluster } from './simulated-cluster.ts';

/** A late crash must not come before the watch that is to see it. */
const cluster = createSimulatedCluster({ readyAfterMs: 5 });

const harness: ClusterHarness = {
  cluster,
  createNamespace: () => Promise.resolve(`test-${randomUUID()}`),
  seedWorkload: (seed) => Promise.resolve(cluster.seedWorkload(seed)),
  seedRoute: (seed) => Promise.resolve(cluster.seedRoute(seed)),
  seedDependency: (...seed) => Promise.resolve(cluster.seedDependency(...seed)),
  removeDependency: (...seed) => Promise.resolve(cluster.removeDependency(...seed)),
  editReplicas: (namespace, name, replicas) =>
    Promise.resolve(cluster.editWorkload(namespace, name, { replicas })),
  editTemplate: (namespace, name, template) =>
    Promise.resolve(cluster.editWorkload(namespace, name, { template })),
  async editRouteWeights(namespace, name, weights) {
    const route = await cluster.route({ namespace, name });
    const [rule] = route?.spec.rules ?? [];
    const backendRefs = rule?.backendRefs?.map((backend, index) => ({
      ...backend,
      weight: weights[index] ?? 0,
    }));
    cluster.editRoute(namespace, name, {
      spec: { ...route?.spec, rules: [{ ...rule, backendRefs: backendRefs ?? [] }] },
    });
  },
  removeWorkload: (namespace, name) => Promise.resolve(cluster.removeWorkload(namespace, name)),
};

describeCluster('the simulated cluster', () => harness);
