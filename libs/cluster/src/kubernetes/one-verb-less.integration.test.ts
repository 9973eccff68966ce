import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinTestCluster } from '@fairlead/testing/servers';
import type { SharedCluster } from '@fairlead/testing/servers';
import { ALL_ACCESS, LEASE_ACCESS } from '../snapshot/permissions.ts';
import type { Access, Cluster, Listener, Watching } from '../port.ts';
import type { AutoscalerView, Lease, Route, Service, Workload } from '../objects.ts';
import { createKubernetesCluster } from './kubernetes-cluster.ts';
import type { KubernetesCluster } from './kubernetes-cluster.ts';

/** Known by the roles of this file and by no other. */
const USER = 'one-verb-less';

let server: SharedCluster;
let directory: string;
let cluster: KubernetesCluster;

beforeAll(async () => {
  server = await joinTestCluster();
  directory = await mkdtemp(join(tmpdir(), 'fairlead-verbs-'));
  const kubeconfig = join(directory, 'kubeconfig');
  await writeFile(kubeconfig, await impersonating(USER));
  cluster = createKubernetesCluster({ kubeconfig });
  await server.kubectl(['apply', '-f', '-'], JSON.stringify(asList(Object.keys(USES))));
});

afterAll(async () => {
  cluster.close();
  await server.stop();
  await rm(directory, { recursive: true });
});

/** Of nothing that is there: whether it may be done is decided before. */
const READ = { name: 'api', uid: 'none', generation: 1 };
const WORKLOAD = {
  ...READ,
  ...{ labels: {}, annotations: {}, replicas: 1, template: { spec: { containers: [] } } },
} as unknown as Workload;
const NEW_WORKLOAD = {
  ...{ name: 'api', labels: {}, annotations: {}, replicas: 0, minReadySeconds: 0 },
  selector: { app: 'api' },
  template: {
    metadata: { labels: { app: 'api' } },
    spec: { containers: [{ name: 'api', image: 'registry.test/api:1' }] },
  },
};
const SERVICE = { ...READ, labels: {}, annotations: {} } as unknown as Service;
const NEW_SERVICE = {
  ...{ name: 'api', labels: {}, annotations: {}, selector: { app: 'api' } },
  ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
} as unknown as Parameters<Cluster['createService']>[1];
const ROUTE = { ...READ, spec: { rules: [{ backendRefs: [] }] } } as unknown as Route;
const AUTOSCALER = { ...READ, maxReplicas: 2, resourceVersion: '1' } as unknown as AutoscalerView;
const LEASE = { ...READ, resourceVersion: '1' } as unknown as Lease;
const CLAIM = {
  ...{ holder: 'one', durationSeconds: 15, transitions: 0 },
  ...{ acquiredAt: '2026-01-02T03:04:05.000000Z', renewedAt: '2026-01-02T03:04:05.000000Z' },
} as unknown as Parameters<Cluster['createLease']>[1];

type Use = (cluster: Cluster, namespace: string) => Promise<unknown>;

/** Each verb of the roles, and what of the port needs it. */
const USES: Readonly<Record<string, Use>> = {
  'get apps/deployments': (cluster, namespace) => cluster.workload({ namespace, name: 'api' }),
  'list apps/deployments': watched('workload'),
  'watch apps/deployments': watched('workload'),
  'patch apps/deployments': (cluster, namespace) =>
    cluster.patchWorkload(namespace, WORKLOAD, { replicas: 2 }),
  'create apps/deployments': (cluster, namespace) =>
    cluster.createWorkload(namespace, NEW_WORKLOAD),
  'delete apps/deployments': (cluster, namespace) => cluster.deleteWorkload(namespace, WORKLOAD),
  'list apps/replicasets': watched('workload'),
  'watch apps/replicasets': watched('workload'),
  'list /pods': (cluster, namespace) => cluster.countPods(namespace, { app: 'api' }),
  'watch /pods': watched('pods'),
  'delete /pods': (cluster, namespace) => cluster.deletePod(namespace, READ),
  'create /pods/eviction': (cluster, namespace) => cluster.evictPod(namespace, READ),
  'get /pods/log': (cluster, namespace) => cluster.lastLogLine({ namespace, name: 'api' }, 'api'),
  'list metrics.k8s.io/pods': (cluster, namespace) => cluster.podUsage(namespace),
  'list policy/poddisruptionbudgets': (cluster, namespace) => cluster.disruptionBudgets(namespace),
  'get /services': (cluster, namespace) => cluster.service({ namespace, name: 'api' }),
  'list /services': (cluster, namespace) => cluster.services(namespace),
  'create /services': (cluster, namespace) => cluster.createService(namespace, NEW_SERVICE),
  'patch /services': (cluster, namespace) =>
    cluster.patchService(namespace, SERVICE, { labels: { a: 'b' } }),
  'delete /services': (cluster, namespace) => cluster.deleteService(namespace, SERVICE),
  'list discovery.k8s.io/endpointslices': watched('endpoints'),
  'watch discovery.k8s.io/endpointslices': watched('endpoints'),
  'get gateway.networking.k8s.io/httproutes': (cluster, namespace) =>
    cluster.route({ namespace, name: 'api' }),
  'patch gateway.networking.k8s.io/httproutes': (cluster, namespace) =>
    cluster.patchRoute(namespace, ROUTE, [{ rule: 0, backendRefs: [] }]),
  'list /resourcequotas': (cluster, namespace) => cluster.quotas(namespace),
  'list autoscaling/horizontalpodautoscalers': (cluster, namespace) =>
    cluster.autoscalers(namespace),
  'patch autoscaling/horizontalpodautoscalers': (cluster, namespace) =>
    cluster.patchAutoscaler(namespace, AUTOSCALER, { maxReplicas: 3 }),
  'get /configmaps': (cluster, namespace) =>
    cluster.resourceVersion('ConfigMap', { namespace, name: 'api' }),
  'get /secrets': (cluster, namespace) =>
    cluster.resourceVersion('Secret', { namespace, name: 'api' }),
  'get coordination.k8s.io/leases': (cluster, namespace) =>
    cluster.lease({ namespace, name: 'api' }),
  'create coordination.k8s.io/leases': (cluster, namespace) =>
    cluster.createLease({ namespace, name: 'api' }, CLAIM),
  'patch coordination.k8s.io/leases': (cluster, namespace) =>
    cluster.patchLease(namespace, LEASE, CLAIM),
};

/** Until it sees something, or tells why it does not. A watch that is refused is told of after the list has come. */
function watched(what: 'workload' | 'pods' | 'endpoints'): Use {
  const begin = (cluster: Cluster, namespace: string, listener: Listener<unknown>): Watching => {
    const ref = { namespace, name: 'api' };
    switch (what) {
      case 'workload':
        return cluster.observeWorkload(ref, listener);
      case 'pods':
        return cluster.observePods(namespace, { app: 'api' }, listener);
      case 'endpoints':
        return cluster.observeEndpoints(ref, listener);
    }
  };
  return async (cluster, namespace) => {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const watching = begin(cluster, namespace, (sight) => {
      if (!sight.fresh && isRefusal(sight.why)) reject(new Error(sight.why));
    });
    // With every right nothing is ever told against it: the control ends by itself.
    const calm = setTimeout(() => {
      resolve(undefined);
    }, CALM_MS);
    try {
      await promise;
    } finally {
      clearTimeout(calm);
      watching.close();
    }
  };
}
const CALM_MS = 1_000;

/** The administrator’s, who works as somebody else. */
async function impersonating(name: string): Promise<string> {
  const config = JSON.parse(await readFile(server.kubeconfigs.admin, 'utf8')) as {
    readonly users: readonly { readonly name: string; readonly user: object }[];
  };
  const users = config.users.map(({ user, ...one }) => ({ ...one, user: { ...user, as: name } }));
  return JSON.stringify({ ...config, users });
}

const WHOLE = 'verbs-whole';

function nameOf(use: string): string {
  return `verbs-less-${use.replaceAll(/[^a-z0-9]+/g, '-')}`;
}

function keyOf({ verb, group, resource }: Access): string {
  return `${verb} ${group}/${resource}`;
}

/** A namespace for each verb, in which the user has all the others, and one in which it has all. */
function asList(uses: readonly string[]): object {
  const all = [...ALL_ACCESS, ...LEASE_ACCESS];
  const places = [
    { namespace: WHOLE, granted: all },
    ...uses.map((use) => ({
      namespace: nameOf(use),
      granted: all.filter((access) => keyOf(access) !== use),
    })),
  ];
  return {
    ...{ apiVersion: 'v1', kind: 'List' },
    items: places.flatMap(({ namespace, granted }) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      {
        ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
        metadata: { name: 'some', namespace },
        rules: granted.map(({ group, resource, verb }) => ({
          ...{ apiGroups: [group], resources: [resource], verbs: [verb] },
        })),
      },
      {
        ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
        metadata: { name: 'some', namespace },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'some' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: USER }],
      },
    ]),
  };
}

/** What it says when it is refused; undefined of what went well, or failed otherwise. */
async function refusal(use: Use, namespace: string): Promise<string | undefined> {
  const error: unknown = await use(cluster, namespace).then(
    () => undefined,
    (one: unknown) => one,
  );
  if (!(error instanceof Error)) return undefined;
  return isRefusal(error.message) ? error.message : undefined;
}

function isRefusal(words: string): boolean {
  return /may not .* lacks the verb\); apply deploy\/kubernetes\/base\//.test(words);
}

it('each verb of the roles is one that something here needs', () => {
  expect(Object.keys(USES).sort()).toEqual([...ALL_ACCESS, ...LEASE_ACCESS].map(keyOf).sort());
});

it.each(Object.entries(USES))('"one verb less fails it": %s', async (verb, use) => {
  const without = await refusal(use, nameOf(verb));

  expect(without).toEqual(expect.any(String));
});

it('with every verb nothing is refused', async () => {
  const refused = await Promise.all(
    Object.entries(USES).map(async ([verb, use]) => [verb, await refusal(use, WHOLE)]),
  );

  expect(refused.filter(([, why]) => why !== undefined)).toEqual([]);
});
