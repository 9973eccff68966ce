import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClusterAccess } from '../servers/index.ts';
import { waitFor } from '../servers/index.ts';
import { createAdminApi } from './admin-api.ts';
import { HELD, letReady } from './held-pods.ts';
import { objectPath } from './object-path.ts';
import type { Resource } from './object-path.ts';
import { deploymentObject, routeObject, serviceObject } from './objects.ts';
import type { RouteFixture, WorkloadFixture } from './objects.ts';
import { createRights } from './rights.ts';
import type { Rights } from './rights.ts';

/** What people do to a test cluster, as admin. */
export interface ClusterFixtures extends Rights {
  createNamespace(): Promise<string>;
  /** A Kubernetes Deployment with its Service, whatever becomes of its pods. */
  createWorkload(fixture: WorkloadFixture): Promise<void>;
  /** The same; resolves when its pods are available. Those that are `HELD` are let ready. */
  seedWorkload(fixture: WorkloadFixture): Promise<void>;
  /** An HTTPRoute with one rule, accepted by its gateway. */
  seedRoute(fixture: RouteFixture): Promise<void>;
  /** Plays the gateway's controller, which is not here: the route is accepted as it is now. */
  acceptRoute(namespace: string, name: string): Promise<void>;
  create(resource: Resource, namespace: string, object: object): Promise<void>;
  /** Nothing if it is not there. */
  remove(resource: Resource, namespace: string, name: string): Promise<void>;
  /** A JSON merge patch, as `kubectl edit` would write it. */
  edit(resource: Resource, namespace: string, name: string, patch: object): Promise<void>;
  /** What a controller would write: a JSON merge patch of `status`. */
  editStatus(resource: Resource, namespace: string, name: string, status: object): Promise<void>;
  get<T>(resource: Resource, namespace: string, name: string): Promise<T>;
  list<T>(resource: Resource, namespace: string): Promise<readonly T[]>;
  /** Plays the kubelet for pods labelled `HELD` whose name begins so; default all of the namespace. New ones wait again. */
  letReady(namespace: string, prefix?: string): Promise<void>;
  /** This pod crashes again and again, whatever its image. */
  crashPod(namespace: string, pod: string): Promise<void>;
  waitForAvailable(namespace: string, workload: string): Promise<void>;
  waitForNoEndpoints(namespace: string, service: string): Promise<void>;
  /** Until the quota's controller has counted. */
  waitForQuota(namespace: string, name: string): Promise<void>;
  /** Until the budget's controller has counted. */
  waitForDisruptionBudget(namespace: string, name: string, allowed: number): Promise<void>;
  /** Path of a kubeconfig whose user has no role at all. */
  nobody(): Promise<string>;
  close(): void;
}

interface Meta {
  readonly metadata: { readonly generation: number };
}
interface DeploymentObject extends Meta {
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly observedGeneration?: number; readonly availableReplicas?: number };
}
interface BudgetObject extends Meta {
  readonly status?: { readonly observedGeneration?: number; readonly disruptionsAllowed?: number };
}
interface RouteObject extends Meta {
  readonly spec: { readonly parentRefs?: readonly object[] };
}

const DEADLINE_MS = 60_000;
const MERGE = 'application/merge-patch+json';
const EXISTS = 409;
const ABSENT = 404;

export function createClusterFixtures({
  kubectl,
  kubeconfigs,
}: Pick<ClusterAccess, 'kubectl' | 'kubeconfigs'>): ClusterFixtures {
  const api = createAdminApi(kubeconfigs.admin);

  async function create(resource: Resource, namespace: string, object: object): Promise<void> {
    await api.call('POST', objectPath(resource, namespace), { body: object, also: EXISTS });
  }

  async function createWorkload(fixture: WorkloadFixture): Promise<void> {
    await create('services', fixture.namespace, serviceObject(fixture));
    await create('deployments', fixture.namespace, deploymentObject(fixture));
  }

  function get<T>(resource: Resource, namespace: string, name: string): Promise<T> {
    return api.call<T>('GET', objectPath(resource, namespace, name));
  }

  async function acceptRoute(namespace: string, name: string): Promise<void> {
    const { metadata, spec } = await get<RouteObject>('httproutes', namespace, name);
    const condition = {
      status: 'True',
      message: '',
      observedGeneration: metadata.generation,
      lastTransitionTime: new Date().toISOString(),
    };
    const conditions = ['Accepted', 'ResolvedRefs'].map((type) => ({
      ...condition,
      type,
      reason: type,
    }));
    const parents = (spec.parentRefs ?? []).map((parentRef) => ({
      parentRef,
      controllerName: 'fairlead.test/gateway-controller',
      conditions,
    }));
    await editStatus('httproutes', namespace, name, { parents });
  }

  async function edit(
    resource: Resource,
    namespace: string,
    name: string,
    patch: object,
  ): Promise<void> {
    const path = `${objectPath(resource, namespace, name)}?fieldManager=kubectl-edit`;
    await api.call('PATCH', path, { body: patch, contentType: MERGE });
  }

  async function editStatus(
    resource: Resource,
    namespace: string,
    name: string,
    status: object,
  ): Promise<void> {
    const path = `${objectPath(resource, namespace, name)}/status`;
    await api.call('PATCH', path, { body: { status }, contentType: MERGE });
  }

  async function waitForAvailable(
    namespace: string,
    name: string,
    before: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await waitFor(
      async () => {
        await before();
        const { metadata, spec, status } = await get<DeploymentObject>(
          'deployments',
          namespace,
          name,
        );
        return (
          status?.observedGeneration === metadata.generation &&
          (status.availableReplicas ?? 0) >= spec.replicas
        );
      },
      { deadlineMs: DEADLINE_MS, what: `${namespace}/${name} to be available` },
    );
  }

  /** A service account without roles: the API server signs a token for it. */
  async function restrictedUser(): Promise<object> {
    const accounts = '/api/v1/namespaces/default/serviceaccounts';
    const name = `nobody-${randomUUID().slice(0, 8)}`;
    await api.call('POST', accounts, { body: { metadata: { name } } });
    const { status } = await api.call<{ status: { token: string } }>(
      'POST',
      `${accounts}/${name}/token`,
      { body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} } },
    );
    return { token: status.token };
  }

  return {
    ...createRights(kubectl, kubeconfigs.admin, api),
    async createNamespace() {
      const name = `test-${randomUUID().slice(0, 8)}`;
      await api.call('POST', '/api/v1/namespaces', { body: { metadata: { name } } });
      return name;
    },
    createWorkload,
    async seedWorkload(fixture) {
      const { namespace, name, podLabels } = fixture;
      await createWorkload(fixture);
      await waitForAvailable(namespace, name, () =>
        podLabels === HELD ? letReady(api, namespace) : Promise.resolve(),
      );
    },
    async seedRoute(fixture) {
      await create('httproutes', fixture.namespace, routeObject(fixture));
      await acceptRoute(fixture.namespace, fixture.name);
    },
    acceptRoute,
    create,
    async remove(resource, namespace, name) {
      await api.call('DELETE', objectPath(resource, namespace, name), { also: ABSENT });
    },
    list: async <T>(resource: Resource, namespace: string) =>
      (await api.call<{ readonly items: readonly T[] }>('GET', objectPath(resource, namespace)))
        .items,
    letReady: (namespace, prefix) => letReady(api, namespace, prefix),
    edit,
    crashPod: (namespace, pod) =>
      edit('pods', namespace, pod, {
        metadata: {
          labels: { 'testcluster/fail': 'crashloop' },
          annotations: { 'testcluster/after': '0s' },
        },
      }),
    editStatus,
    get,
    waitForAvailable,
    async waitForNoEndpoints(namespace, service) {
      const path = `${objectPath('endpointslices', namespace)}?labelSelector=kubernetes.io%2Fservice-name%3D${service}`;
      await waitFor(
        async () => {
          const { items } = await api.call<{ items: { endpoints: object[] | null }[] }>(
            'GET',
            path,
          );
          return items.every(({ endpoints }) => (endpoints ?? []).length === 0);
        },
        { deadlineMs: DEADLINE_MS, what: `${namespace}/${service} to have no endpoints` },
      );
    },
    async waitForQuota(namespace, name) {
      await waitFor(
        async () => {
          const quota = await get<{ status?: { used?: object } }>(
            'resourcequotas',
            namespace,
            name,
          );
          return quota.status?.used !== undefined;
        },
        { deadlineMs: DEADLINE_MS, what: `quota ${namespace}/${name} to be counted` },
      );
    },
    async waitForDisruptionBudget(namespace, name, allowed) {
      await waitFor(
        async () => {
          const { metadata, status } = await get<BudgetObject>(
            'poddisruptionbudgets',
            namespace,
            name,
          );
          const counted = status?.observedGeneration === metadata.generation;
          return counted && status.disruptionsAllowed === allowed;
        },
        { deadlineMs: DEADLINE_MS, what: `budget ${namespace}/${name} to allow ${allowed}` },
      );
    },
    async nobody() {
      const text = await readFile(kubeconfigs.fairlead, 'utf8');
      const config = JSON.parse(text) as { users: { user: object }[] };
      for (const one of config.users) one.user = await restrictedUser();
      const path = join(dirname(kubeconfigs.fairlead), `nobody-${randomUUID()}.kubeconfig`);
      await writeFile(path, JSON.stringify(config), { mode: 0o600 });
      return path;
    },
    close() {
      api.close();
    },
  };
}
