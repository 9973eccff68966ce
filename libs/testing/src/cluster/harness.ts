import { joinTestCluster } from '../servers/index.ts';
import type { SharedCluster } from '../servers/index.ts';
import { createClusterFixtures } from './fixtures.ts';
import type { ClusterFixtures } from './fixtures.ts';
import type { RouteFixture, WorkloadFixture } from './objects.ts';

/** A test cluster as the cluster's contract suite wants it: `cluster` is the side under test, people work as admin. */
export interface KubernetesHarness<C> {
  readonly cluster: C;
  readonly fixtures: ClusterFixtures;
  readonly server: SharedCluster;
  createNamespace(): Promise<string>;
  seedWorkload(fixture: WorkloadFixture): Promise<void>;
  seedRoute(fixture: RouteFixture): Promise<void>;
  acceptRoute(namespace: string, name: string): Promise<void>;
  seedDependency(kind: DependencyKind, namespace: string, name: string): Promise<void>;
  removeDependency(kind: DependencyKind, namespace: string, name: string): Promise<void>;
  editReplicas(namespace: string, name: string, replicas: number): Promise<void>;
  editTemplate(namespace: string, name: string, template: object): Promise<void>;
  editRouteWeights(namespace: string, name: string, weights: readonly number[]): Promise<void>;
  editRouteRules(namespace: string, name: string, rules: readonly object[]): Promise<void>;
  removeWorkload(namespace: string, name: string): Promise<void>;
  crashPod(namespace: string, pod: string): Promise<void>;
  seedDisruptionBudget(namespace: string, budget: BudgetFixture): Promise<void>;
  seedAutoscaler(namespace: string, autoscaler: AutoscalerFixture): Promise<void>;
  editAutoscaler(namespace: string, name: string, maxReplicas: number): Promise<void>;
  grantLeases(namespace: string): Promise<void>;
  stop(): Promise<void>;
}

interface BudgetFixture {
  readonly name: string;
  readonly selector: object;
  /** Of pods that are all ready. */
  readonly disruptionsAllowed: number;
}

interface AutoscalerFixture {
  readonly name: string;
  readonly workload: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Of KEDA, whose controller is not here. */
  readonly controller?: { readonly kind: string; readonly name: string; readonly uid: string };
}

type DependencyKind = keyof typeof DEPENDENCIES;
const DEPENDENCIES = { ConfigMap: 'configmaps', Secret: 'secrets' } as const;

interface RouteObject {
  readonly spec: { readonly rules: readonly { readonly backendRefs: readonly object[] }[] };
}

/**
 * Joins a test cluster with the Gateway API. `connect` gets the kubeconfig of the user `fairlead`, whom RBAC knows by
 * the cluster role that we ship and by nothing else.
 */
export async function startKubernetesHarness<C extends { close(): void }>(
  connect: (kubeconfig: string) => C,
): Promise<KubernetesHarness<C>> {
  const server = await joinTestCluster();
  const fixtures = createClusterFixtures(server);
  await fixtures.grantFairlead();
  const cluster = connect(server.kubeconfigs.fairlead);
  return {
    ...fixtures,
    fixtures,
    server,
    cluster,
    seedDependency: (kind, namespace, name) =>
      fixtures.create(DEPENDENCIES[kind], namespace, { metadata: { name } }),
    removeDependency: (kind, namespace, name) =>
      fixtures.remove(DEPENDENCIES[kind], namespace, name),
    editReplicas: (namespace, name, replicas) =>
      fixtures.edit('deployments', namespace, name, { spec: { replicas } }),
    editTemplate: (namespace, name, template) =>
      fixtures.edit('deployments', namespace, name, { spec: { template } }),
    async editRouteWeights(namespace, name, weights) {
      const { spec } = await fixtures.get<RouteObject>('httproutes', namespace, name);
      const [rule] = spec.rules;
      const backendRefs = rule?.backendRefs.map((backend, index) => ({
        ...backend,
        weight: weights[index] ?? 0,
      }));
      await fixtures.edit('httproutes', namespace, name, {
        spec: { rules: [{ ...rule, backendRefs }] },
      });
    },
    editRouteRules: (namespace, name, rules) =>
      fixtures.edit('httproutes', namespace, name, { spec: { rules } }),
    removeWorkload: (namespace, name) => fixtures.remove('deployments', namespace, name),
    async seedDisruptionBudget(namespace, { name, selector, disruptionsAllowed }) {
      await fixtures.create('poddisruptionbudgets', namespace, {
        metadata: { name },
        spec: { selector, maxUnavailable: disruptionsAllowed },
      });
      await fixtures.waitForDisruptionBudget(namespace, name, disruptionsAllowed);
    },
    seedAutoscaler: (namespace, { name, workload, minReplicas, maxReplicas, controller }) =>
      fixtures.create('horizontalpodautoscalers', namespace, {
        metadata: { name, ownerReferences: kedaOwners(controller) },
        spec: {
          ...{ minReplicas, maxReplicas },
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload },
        },
      }),
    editAutoscaler: (namespace, name, maxReplicas) =>
      fixtures.edit('horizontalpodautoscalers', namespace, name, { spec: { maxReplicas } }),
    async stop() {
      cluster.close();
      fixtures.close();
      await server.stop();
    },
  };
}

function kedaOwners(controller: AutoscalerFixture['controller']): readonly object[] {
  return controller === undefined
    ? []
    : [{ apiVersion: 'keda.sh/v1alpha1', ...controller, controller: true }];
}
