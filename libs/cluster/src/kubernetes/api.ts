import { FIELD_MANAGER } from '@fairlead/contracts';
import { AdapterError } from '@fairlead/contracts';
import type { Connection, HttpAnswer, HttpRequest } from './client.ts';
import { toAdapterError, toUnreachable } from './errors.ts';
import type { Call } from './errors.ts';

/** A kind of object that lives in namespaces. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

export const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' };
export const REPLICA_SETS = { group: 'apps', version: 'v1', resource: 'replicasets' };
export const PODS = { group: '', version: 'v1', resource: 'pods' };
export const SERVICES = { group: '', version: 'v1', resource: 'services' };
export const CONFIG_MAPS = { group: '', version: 'v1', resource: 'configmaps' };
export const SECRETS = { group: '', version: 'v1', resource: 'secrets' };
export const QUOTAS = { group: '', version: 'v1', resource: 'resourcequotas' };
export const ENDPOINT_SLICES = {
  group: 'discovery.k8s.io',
  version: 'v1',
  resource: 'endpointslices',
};
export const AUTOSCALERS = {
  group: 'autoscaling',
  version: 'v2',
  resource: 'horizontalpodautoscalers',
};
export const DISRUPTION_BUDGETS = {
  group: 'policy',
  version: 'v1',
  resource: 'poddisruptionbudgets',
};
export const LEASES = { group: 'coordination.k8s.io', version: 'v1', resource: 'leases' };
/** Served by metrics-server or its like, where there is one. */
export const POD_METRICS = { group: 'metrics.k8s.io', version: 'v1beta1', resource: 'pods' };
export const ROUTES = { group: 'gateway.networking.k8s.io', version: 'v1', resource: 'httproutes' };

/** Lists of which only `metadata` is asked for. */
export const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

export function pathOf(
  { group, version, resource }: Kind,
  namespace: string,
  name?: string,
): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}${object}`;
}

interface ListAnswer {
  readonly items: readonly unknown[];
  readonly resourceVersion: string;
}

export interface JsonPatchOperation {
  readonly op: 'test' | 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** Kubernetes' verbs on raw JSON; failures are `AdapterError`. */
export interface Api {
  /** `undefined` when it is not there. */
  get(kind: Kind, namespace: string, name: string, accept?: string): Promise<unknown>;
  list(
    kind: Kind,
    namespace: string,
    query?: Readonly<Record<string, string>>,
    accept?: string,
  ): Promise<ListAnswer>;
  create(kind: Kind, namespace: string, body: unknown): Promise<unknown>;
  patch(
    kind: Kind,
    namespace: string,
    name: string,
    operations: readonly JsonPatchOperation[],
  ): Promise<unknown>;
  /** Done, too, when it is not there. */
  remove(kind: Kind, namespace: string, name: string, uid: string): Promise<void>;
  /** Asks the disruption budgets. Done, too, when the pod is not there. */
  evict(namespace: string, name: string, uid: string): Promise<void>;
  post(call: Call, path: string, body: unknown): Promise<unknown>;
  text(call: Call, path: string, query: Readonly<Record<string, string>>): Promise<string>;
}

const WRITE = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' };
/** A page of a list: large enough for one request in nearly every namespace. */
const PAGE_SIZE = '500';

export function createApi(connection: Connection): Api {
  async function send(call: Call, request: HttpRequest): Promise<HttpAnswer> {
    let answer = await sendOnce(call, request);
    if (answer.status === 401) {
      // A rotated token or certificate is on disk already; once is enough to find out.
      connection.forget();
      answer = await sendOnce(call, request);
    }
    if (answer.status >= 400) throw toAdapterError(call, answer);
    return answer;
  }

  async function sendOnce(call: Call, request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await connection.send(request);
    } catch (error) {
      throw toUnreachable(call, error);
    }
  }

  async function json(call: Call, request: HttpRequest): Promise<unknown> {
    return JSON.parse((await send(call, request)).text) as unknown;
  }

  return {
    async get(kind, namespace, name, accept) {
      const path = pathOf(kind, namespace, name);
      const request = { method: 'GET', path, ...(accept === undefined ? {} : { accept }) } as const;
      return orUndefined(json({ verb: 'get', resource: kind.resource, namespace, name }, request));
    },
    async list(kind, namespace, query = {}, accept) {
      const call = { verb: 'list', resource: kind.resource, namespace };
      const path = pathOf(kind, namespace);
      const items: unknown[] = [];
      let next = '';
      for (;;) {
        const page = (await json(call, {
          method: 'GET',
          path,
          query: { ...query, limit: PAGE_SIZE, ...(next === '' ? {} : { continue: next }) },
          ...(accept === undefined ? {} : { accept }),
        })) as {
          readonly items?: readonly unknown[];
          readonly metadata: { readonly resourceVersion?: string; readonly continue?: string };
        };
        items.push(...(page.items ?? []));
        next = page.metadata.continue ?? '';
        if (next === '') return { items, resourceVersion: page.metadata.resourceVersion ?? '' };
      }
    },
    create: (kind, namespace, body) =>
      json(
        { verb: 'create', resource: kind.resource, namespace },
        { method: 'POST', path: pathOf(kind, namespace), query: WRITE, body },
      ),
    patch: (kind, namespace, name, operations) =>
      json(
        { verb: 'patch', resource: kind.resource, namespace, name },
        {
          method: 'PATCH',
          path: pathOf(kind, namespace, name),
          query: WRITE,
          body: operations,
          contentType: 'application/json-patch+json',
        },
      ),
    async remove(kind, namespace, name, uid) {
      await orUndefined(
        send(
          { verb: 'delete', resource: kind.resource, namespace, name },
          {
            method: 'DELETE',
            path: pathOf(kind, namespace, name),
            body: { propagationPolicy: 'Background', preconditions: { uid } },
          },
        ),
      );
    },
    async evict(namespace, name, uid) {
      await orUndefined(
        send(
          { verb: 'create', resource: 'pods/eviction', namespace, name },
          {
            method: 'POST',
            path: `${pathOf(PODS, namespace, name)}/eviction`,
            body: {
              apiVersion: 'policy/v1',
              kind: 'Eviction',
              metadata: { name, namespace },
              deleteOptions: { preconditions: { uid } },
            },
          },
        ),
      );
    },
    post: (call, path, body) => json(call, { method: 'POST', path, body }),
    text: async (call, path, query) => (await send(call, { method: 'GET', path, query })).text,
  };
}

export async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AdapterError && error.type === 'cluster-not-found') return undefined;
    throw error;
  }
}
