import { randomUUID } from 'node:crypto';
import type { ClusterHarness } from '../contract-suite/harness.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';

/** The simulated cluster as the contract suite wants it. */
export function simulatedHarness(cluster: SimulatedCluster): ClusterHarness {
  return {
    cluster,
    createNamespace: () => Promise.resolve(`test-${randomUUID()}`),
    seedWorkload: (...seed) => done(cluster.seedWorkload, seed),
    seedRoute: (...seed) => done(cluster.seedRoute, seed),
    acceptRoute: () => Promise.resolve(),
    seedDependency: (...seed) => done(cluster.seedDependency, seed),
    removeDependency: (...seed) => done(cluster.removeDependency, seed),
    editReplicas: (namespace, name, replicas) =>
      done(cluster.editWorkload, [namespace, name, { replicas }]),
    editTemplate: (namespace, name, template) =>
      done(cluster.editWorkload, [namespace, name, { template }]),
    async editRouteWeights(namespace, name, weights) {
      const route = await cluster.route({ namespace, name });
      const [rule] = route?.spec.rules ?? [];
      const backendRefs = (rule?.backendRefs ?? []).map((backend, index) => ({
        ...backend,
        weight: weights[index] ?? 0,
      }));
      cluster.editRoute(namespace, name, {
        spec: { ...route?.spec, rules: [{ ...rule, backendRefs }] },
      });
    },
    async editRouteRules(namespace, name, rules) {
      const route = await cluster.route({ namespace, name });
      cluster.editRoute(namespace, name, { spec: { ...route?.spec, rules } });
    },
    crashPod: (namespace, name) => done(cluster.befallPod, [{ namespace, name }, 'crashloop']),
    seedDisruptionBudget: (...seed) => done(cluster.seedDisruptionBudget, seed),
    seedAutoscaler: (namespace, { workload, ...seed }) =>
      done(cluster.seedAutoscaler, [
        namespace,
        { ...seed, uid: randomUUID(), targetKind: 'Deployment', targetName: workload },
      ]),
    editAutoscaler: async (namespace, name, maxReplicas) => {
      const [found] = await cluster.autoscalers(namespace);
      if (found?.name === name) cluster.seedAutoscaler(namespace, { ...found, maxReplicas });
    },
    grantLeases: () => Promise.resolve(),
    removeWorkload: (...names) => done(cluster.removeWorkload, names),
  };
}

function done<A extends unknown[]>(act: (...args: A) => void, args: A): Promise<void> {
  act(...args);
  return Promise.resolve();
}
