import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { TestCluster } from '../servers/index.ts';
import { acceptRoute } from '../servers/index.ts';
import { workloadObjects } from './objects.ts';
import type { WorkloadFixture } from './objects.ts';

export type { WorkloadFixture } from './objects.ts';

/** What people do to a test cluster, by kubectl as admin. */
export interface ClusterFixtures {
  /** Applies `deploy/kubernetes/cluster-role.yaml` and binds the user `fairlead` to it everywhere. */
  grantFairlead(): Promise<void>;
  createNamespace(): Promise<string>;
  /** A Kubernetes Deployment with its Service; resolves when it is rolled out. */
  seedWorkload(fixture: WorkloadFixture): Promise<void>;
  /** An HTTPRoute with one rule, accepted by its gateway. A weight that is not given is left to the API's default. */
  seedRoute(route: {
    readonly namespace: string;
    readonly name: string;
    readonly service: string;
    readonly weight?: number;
    readonly others?: Readonly<Record<string, number>>;
  }): Promise<void>;
  /** `kubectl apply` of any object. */
  apply(object: object): Promise<void>;
  remove(kind: string, namespace: string, name: string): Promise<void>;
  /** A JSON merge patch, as `kubectl edit` would write it. */
  edit(kind: string, namespace: string, name: string, patch: object): Promise<void>;
  get<T>(kind: string, namespace: string, name: string): Promise<T>;
}

const CLUSTER_ROLE = fileURLToPath(
  new URL('../../../../deploy/kubernetes/cluster-role.yaml', import.meta.url),
);

export function createClusterFixtures({ kubectl }: Pick<TestCluster, 'kubectl'>): ClusterFixtures {
  const apply = async (object: object) => {
    await kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(object));
  };
  return {
    async grantFairlead() {
      await kubectl(['apply', '-f', CLUSTER_ROLE]);
      const names = ['clusterrolebinding', 'fairlead', '--clusterrole=fairlead-cluster'];
      await kubectl(['create', ...names, '--user=fairlead']);
    },
    async createNamespace() {
      const name = `test-${randomUUID().slice(0, 8)}`;
      await kubectl(['create', 'namespace', name]);
      return name;
    },
    async seedWorkload(fixture) {
      const { namespace, name } = fixture;
      await kubectl(['create', '-f', '-'], JSON.stringify(workloadObjects(fixture)));
      await kubectl([
        ...['rollout', 'status', `deployment/${name}`, '--namespace', namespace],
        '--timeout=60s',
      ]);
    },
    async seedRoute({ namespace, name, service, weight, others = {} }) {
      const backend = (backendName: string, parts: number | undefined) => ({
        name: backendName,
        port: 80,
        ...(parts === undefined ? {} : { weight: parts }),
      });
      const backendRefs = [
        backend(service, weight),
        ...Object.entries(others).map(([other, parts]) => backend(other, parts)),
      ];
      const route = {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { namespace, name },
        spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs }] },
      };
      await kubectl(['create', '-f', '-'], JSON.stringify(route));
      await acceptRoute(kubectl, namespace, name);
    },
    apply,
    async remove(kind, namespace, name) {
      await kubectl(['delete', kind, name, '--namespace', namespace, '--wait=true']);
    },
    async edit(kind, namespace, name, patch) {
      const args = ['patch', kind, name, '--namespace', namespace, '--type=merge'];
      await kubectl([...args, '--patch', JSON.stringify(patch)]);
    },
    async get<T>(kind: string, namespace: string, name: string) {
      const args = ['get', kind, name, '--namespace', namespace, '-o', 'json'];
      return JSON.parse(await kubectl(args)) as T;
    },
  };
}
