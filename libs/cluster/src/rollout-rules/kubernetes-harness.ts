import { createClusterFixtures } from '@fairlead/testing/cluster';
import type { ClusterFixtures } from '@fairlead/testing/cluster';
import type { TestCluster } from '@fairlead/testing/servers';
import type { ClusterHarness } from '../contract-suite/harness.ts';
import { createKubernetesCluster } from '../kubernetes/index.ts';

export interface KubernetesHarness extends ClusterHarness {
  readonly fixtures: ClusterFixtures;
  close(): void;
}

const DEPENDENCIES = { ConfigMap: 'configmaps', Secret: 'secrets' } as const;

/** Fairlead works as the user `fairlead`, bound to the cluster role that we ship; people work as admin. */
export function createKubernetesHarness(server: TestCluster): KubernetesHarness {
  const fixtures = createClusterFixtures(server);
  const cluster = createKubernetesCluster({ kubeconfig: server.kubeconfigs.fairlead });
  return {
    fixtures,
    cluster,
    close() {
      cluster.close();
      fixtures.close();
    },
    createNamespace: () => fixtures.createNamespace(),
    seedWorkload: (seed) => fixtures.seedWorkload(seed),
    seedRoute: (seed) => fixtures.seedRoute(seed),
    acceptRoute: (namespace, name) => fixtures.acceptRoute(namespace, name),
    seedDependency: (kind, namespace, name) =>
      fixtures.create(DEPENDENCIES[kind], namespace, { metadata: { name } }),
    removeDependency: (kind, namespace, name) =>
      fixtures.remove(DEPENDENCIES[kind], namespace, name),
    editReplicas: (namespace, name, replicas) =>
      fixtures.edit('deployments', namespace, name, { spec: { replicas } }),
    editTemplate: (namespace, name, template) =>
      fixtures.edit('deployments', namespace, name, { spec: { template } }),
    async editRouteWeights(namespace, name, weights) {
      const route = await cluster.route({ namespace, name });
      const [rule] = route?.spec.rules ?? [];
      const backendRefs = (rule?.backendRefs ?? []).map((backend, index) => ({
        ...backend,
        weight: weights[index] ?? 0,
      }));
      await fixtures.edit('httproutes', namespace, name, {
        spec: { rules: [{ ...rule, backendRefs }] },
      });
    },
    removeWorkload: (namespace, name) => fixtures.remove('deployments', namespace, name),
  };
}
