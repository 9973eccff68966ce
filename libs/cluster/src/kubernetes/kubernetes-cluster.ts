import type { Cluster, NewService, NewWorkload } from '../port.ts';
import * as api from './api.ts';
import { createConnection } from './client.ts';
import type { HttpAnswer } from './client.ts';
import {
  toAutoscaler,
  toDisruptionBudget,
  toLease,
  toQuota,
  toRoute,
  toService,
  toWorkload,
} from './distil.ts';
import { toAdapterError, toUnreachable } from './errors.ts';
import { createFeeds } from './feeds.ts';
import type { ConnectionOptions } from './kubeconfig.ts';
import { omit } from './omit.ts';
import { observeEndpoints, observePods, observeWorkload } from './observe.ts';
import { readOwnedPod } from './owned-pod.ts';
import { readPodUsage } from './pod-usage.ts';
import { leaseObject } from './lease-object.ts';
import { autoscalerPatch, leasePatch, mapPatch, routePatch, workloadPatch } from './patches.ts';
import type {
  RawAutoscaler,
  RawDeployment,
  RawLease,
  RawMeta,
  RawRoute,
  RawService,
} from './raw.ts';

export interface KubernetesCluster extends Cluster {
  /** Whether the API server answers and takes the credentials; throws an `AdapterError` when not. Needs no right. */
  probe(): Promise<void>;
  /** Ends its watches. */
  close(): void;
}

/** A content of ConfigMaps and Secrets that is never asked for cannot leak. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
/** From the API server's cache: a slightly old answer will do. */
const MAY_BE_OLD = { resourceVersion: '0' };

/**
 * A cluster by its API server. Every call is given 10 s; what fails is an `AdapterError` of the `cluster-…` types.
 * Credentials are read again when they are refused.
 */
export function createKubernetesCluster(options: ConnectionOptions = {}): KubernetesCluster {
  const connection = createConnection(options);
  const kube = api.createApi(connection);
  const feeds = createFeeds(kube, connection);

  async function list<T>(
    kind: api.Kind,
    namespace: string,
    distil: (raw: never) => T,
  ): Promise<T[]> {
    const { items } = await kube.list(kind, namespace, MAY_BE_OLD);
    return items.map((raw) => distil(raw as never));
  }

  /** Whoever is known may ask for it, unless somebody took that away. */
  async function askVersion(): Promise<HttpAnswer> {
    const call = { verb: 'get', resource: '/version', namespace: 'the cluster' };
    const answer = await connection
      .send({ method: 'GET', path: '/version' })
      .catch((error: unknown) => {
        throw toUnreachable(call, error);
      });
    if (answer.status === 401 || answer.status >= 500) throw toAdapterError(call, answer);
    return answer;
  }

  return {
    workload: async ({ namespace, name }) =>
      mapFound(await kube.get(api.DEPLOYMENTS, namespace, name), toWorkload),
    createWorkload: async (namespace, workload) =>
      toWorkload(
        (await kube.create(api.DEPLOYMENTS, namespace, deployment(workload))) as RawDeployment,
      ),
    patchWorkload: async (namespace, read, patch) => {
      const operations = workloadPatch(read, patch);
      const raw = await kube.patch(api.DEPLOYMENTS, namespace, read.name, operations);
      return toWorkload(raw as RawDeployment);
    },
    deleteWorkload: (namespace, { name, uid }) =>
      kube.remove(api.DEPLOYMENTS, namespace, name, uid),

    pod: (ref) => readOwnedPod(kube, ref),
    deletePod: (namespace, { name, uid }) => kube.remove(api.PODS, namespace, name, uid),
    evictPod: (namespace, { name, uid }) => kube.evict(namespace, name, uid),
    podUsage: (namespace) => readPodUsage(kube, namespace),
    async disruptionBudgets(namespace) {
      const { items } = await kube.list(api.DISRUPTION_BUDGETS, namespace);
      return items.map((raw) => toDisruptionBudget(raw as never));
    },

    service: async ({ namespace, name }) =>
      mapFound(await kube.get(api.SERVICES, namespace, name), toService),
    services: (namespace) => list(api.SERVICES, namespace, toService),
    createService: async (namespace, service) =>
      toService((await kube.create(api.SERVICES, namespace, rawService(service))) as RawService),
    patchService: async (namespace, read, { labels, annotations }) =>
      toService(
        (await kube.patch(api.SERVICES, namespace, read.name, [
          { op: 'test', path: '/metadata/uid', value: read.uid },
          ...mapPatch('/metadata/labels', labels, read.labels),
          ...mapPatch('/metadata/annotations', annotations, read.annotations),
        ])) as RawService,
      ),
    deleteService: (namespace, { name, uid }) => kube.remove(api.SERVICES, namespace, name, uid),

    route: async ({ namespace, name }) =>
      mapFound(await kube.get(api.ROUTES, namespace, name), toRoute),
    patchRoute: async (namespace, read, rules) =>
      toRoute(
        (await kube.patch(api.ROUTES, namespace, read.name, routePatch(read, rules))) as RawRoute,
      ),

    autoscalers: (namespace) => list(api.AUTOSCALERS, namespace, toAutoscaler),
    async patchAutoscaler(namespace, read, patch) {
      const operations = autoscalerPatch(read, patch);
      const raw = await kube.patch(api.AUTOSCALERS, namespace, read.name, operations);
      return toAutoscaler(raw as RawAutoscaler);
    },
    quotas: (namespace) => list(api.QUOTAS, namespace, toQuota),
    async resourceVersion(kind, { namespace, name }) {
      const resource = kind === 'ConfigMap' ? api.CONFIG_MAPS : api.SECRETS;
      const found = await kube.get(resource, namespace, name, METADATA_ONLY);
      return mapFound(found, (raw: { readonly metadata: RawMeta }) => raw.metadata.resourceVersion);
    },
    lease: async ({ namespace, name }) =>
      mapFound(await kube.get(api.LEASES, namespace, name), toLease),
    createLease: async ({ namespace, name }, claim) =>
      toLease((await kube.create(api.LEASES, namespace, leaseObject(name, claim))) as RawLease),
    patchLease: async (namespace, read, claim) =>
      toLease(
        (await kube.patch(api.LEASES, namespace, read.name, leasePatch(read, claim))) as RawLease,
      ),
    async mayI(namespace, { group, resource: whole, verb }) {
      const [resource, subresource] = whole.split('/');
      const answer = await kube.post(
        { verb: 'create', resource: 'selfsubjectaccessreviews', namespace },
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { namespace, group, resource, subresource, verb } },
        },
      );
      return (answer as { readonly status: { readonly allowed: boolean } }).status.allowed;
    },
    async version() {
      const { status, text } = await askVersion();
      if (status !== 200) return undefined;
      return (JSON.parse(text) as { readonly gitVersion: string }).gitVersion;
    },
    async countPods(namespace, labels) {
      const labelSelector = Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(',');
      const { items } = await kube.list(api.PODS, namespace, { labelSelector }, api.METADATA_LIST);
      return items.length;
    },
    async lastLogLine({ namespace, name }, container) {
      const path = `${api.pathOf(api.PODS, namespace, name)}/log`;
      const call = { verb: 'get', resource: 'pods/log', namespace, name };
      const text = await kube.text(call, path, { container, previous: 'true', tailLines: '1' });
      return text.trim();
    },

    observeWorkload: (ref, listener) => observeWorkload(feeds, ref, listener),
    observeEndpoints: (service, listener) => observeEndpoints(feeds, service, listener),
    observePods: (namespace, labels, listener) =>
      observePods(feeds, { namespace, labels }, listener),
    async probe() {
      await askVersion();
    },
    close() {
      feeds.close();
    },
  };
}

function mapFound<T>(found: unknown, distil: (raw: never) => T): T | undefined {
  return found === undefined ? undefined : distil(found as never);
}

function deployment({
  name,
  labels,
  annotations,
  replicas,
  minReadySeconds,
  selector,
  template,
}: NewWorkload): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels, annotations },
    spec: { replicas, minReadySeconds, selector: { matchLabels: selector }, template },
  };
}

/** The ports that clients know; node ports are each Service's own. */
function rawService({ name, labels, annotations, selector, ports }: NewService): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels, annotations },
    spec: { selector, ports: ports.map((port) => omit(port, 'nodePort')) },
  };
}
