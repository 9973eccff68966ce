import { AdapterError } from '@fairlead/contracts';
import { conflict, notFound } from '../failures.ts';
import { includesLabels } from '../labels.ts';
import type { Labels, Lease, LeaseClaim, Ref } from '../objects.ts';
import type { Cluster, Listener, Watching } from '../port.ts';
import { createEngine } from './engine.ts';
import { createWorld } from './seed.ts';
import type { SeedRoute, SeedWorkload, SimulatedWorld } from './seed.ts';
import { evictPod, ownedPod, removePod } from './pod-store.ts';
import { inNamespace, podLabels, without } from './state.ts';
import { readyEndpoints, viewWithPods, viewWorkload } from './views.ts';
import {
  checkedService,
  checkedWorkload,
  newSimulatedWorkload,
  patchSimulatedRoute,
  patchSimulatedWorkload,
} from './workload-store.ts';

export interface SimulatedClusterOptions {
  /** JSON file; with it the state outlives a killed process. One process at a time. */
  readonly stateFile?: string;
  /** What is not there yet. */
  readonly seed?: {
    readonly workloads?: readonly SeedWorkload[];
    readonly routes?: readonly SeedRoute[];
  };
  /** Until a healthy pod is ready, or a failing one fails; 20 ms by default. */
  readonly readyAfterMs?: number;
  readonly now?: () => number;
  /** Called with the name of every method of the port before it is done; what it throws, the call throws. */
  readonly beforeCall?: (method: keyof Cluster) => void;
}

export interface SimulatedCluster extends Cluster, SimulatedWorld {
  /** Out of reach: calls throw `cluster-unreachable`, watches lose sight. */
  setReachable(reachable: boolean): void;
  /** Its pods change no more, as if its process had been killed. */
  close(): void;
}

/** Long enough for a watch to see a pod that is not ready yet. */
const READY_AFTER_MS = 20;

/** A cluster in this process, at the port's level: replicas, pods, Services and weights are real numbers. */
export function createSimulatedCluster(options: SimulatedClusterOptions = {}): SimulatedCluster {
  const { stateFile, readyAfterMs = READY_AFTER_MS, now = Date.now, beforeCall } = options;
  const engine = createEngine({ stateFile, readyAfterMs, now });
  const world = createWorld(engine);
  const { state, nextId, commit } = engine;
  const sights = new Set<() => void>();
  let reachable = true;
  for (const workload of options.seed?.workloads ?? []) world.seedWorkload(workload);
  for (const route of options.seed?.routes ?? []) world.seedRoute(route);

  async function call<T>(method: keyof Cluster, answer: () => T): Promise<T> {
    // A macrotask, as a network would be: nothing answers within the same turn.
    await new Promise(setImmediate);
    if (!reachable) throw new AdapterError('cluster-unreachable', 'the simulated cluster is away');
    beforeCall?.(method);
    return structuredClone(answer());
  }

  function observe<T>(look: () => T, listener: Listener<T>): Watching {
    let last: string | undefined;
    let closed = false;
    function tell(): void {
      if (closed) return;
      const value = reachable ? look() : undefined;
      const seen = JSON.stringify([reachable, value]);
      if (seen === last) return;
      last = seen;
      listener(
        reachable
          ? { fresh: true, value: structuredClone(value) as T }
          : { fresh: false, why: 'the simulated cluster is away' },
      );
    }
    const forget = engine.onChange(tell);
    sights.add(tell);
    setImmediate(tell);
    return {
      close() {
        closed = true;
        forget();
        sights.delete(tell);
      },
    };
  }

  return {
    ...world,
    close: engine.close,
    setReachable(now) {
      reachable = now;
      for (const tell of sights) tell();
    },
    workload: (ref) =>
      call('workload', () => {
        const found = state.workloads[key(ref)];
        return found === undefined ? undefined : viewWorkload(found);
      }),
    createWorkload: (namespace, wanted) =>
      call('createWorkload', () => {
        const at = key({ namespace, name: wanted.name });
        if (state.workloads[at] !== undefined) throw conflict(`${at} is already there`);
        const made = newSimulatedWorkload(namespace, wanted, nextId());
        return commit(() => {
          state.workloads[at] = made;
          return viewWorkload(made);
        });
      }),
    patchWorkload: (namespace, read, patch) =>
      call('patchWorkload', () =>
        viewWorkload(
          patchSimulatedWorkload(engine, key({ namespace, name: read.name }), { read, patch }),
        ),
      ),
    deleteWorkload: (namespace, read) =>
      call('deleteWorkload', () => {
        const at = key({ namespace, name: read.name });
        if (state.workloads[at] === undefined) return;
        checkedWorkload(state, at, {
          uid: read.uid,
          generation: state.workloads[at].object.generation,
        });
        world.removeWorkload(namespace, read.name);
      }),
    pod: (ref) => call('pod', () => ownedPod(state, ref)),
    deletePod: (namespace, pod) =>
      call('deletePod', () => {
        removePod(engine, namespace, pod);
      }),
    evictPod: (namespace, pod) =>
      call('evictPod', () => {
        evictPod(engine, namespace, pod);
      }),
    podUsage: (namespace) => call('podUsage', () => state.usage[namespace]),
    disruptionBudgets: (namespace) =>
      call('disruptionBudgets', () => inNamespace(state.disruptionBudgets, namespace)),
    service: (ref) => call('service', () => state.services[key(ref)]),
    services: (namespace) => call('services', () => inNamespace(state.services, namespace)),
    createService: (namespace, wanted) =>
      call('createService', () => {
        const at = key({ namespace, name: wanted.name });
        if (state.services[at] !== undefined) throw conflict(`Service ${at} is already there`);
        const made = { ...wanted, uid: `service-${nextId()}` };
        return commit(() => {
          state.services[at] = made;
          return made;
        });
      }),
    patchService: (namespace, read, patch) =>
      call('patchService', () => {
        const at = key({ namespace, name: read.name });
        const service = checkedService(state, at, read);
        const patched = {
          ...service,
          labels: { ...service.labels, ...patch.labels },
          annotations: { ...service.annotations, ...patch.annotations },
        };
        return commit(() => {
          state.services[at] = patched;
          return patched;
        });
      }),
    deleteService: (namespace, read) =>
      call('deleteService', () => {
        const at = key({ namespace, name: read.name });
        if (state.services[at] === undefined) return;
        checkedService(state, at, read);
        commit(() => {
          state.services = without(state.services, at);
        });
      }),
    route: (ref) => call('route', () => state.routes[key(ref)]),
    patchRoute: (namespace, read, rules) =>
      call('patchRoute', () =>
        patchSimulatedRoute(engine, key({ namespace, name: read.name }), { read, rules }),
      ),
    autoscalers: (namespace) =>
      call('autoscalers', () => inNamespace(state.autoscalers, namespace)),
    patchAutoscaler: (namespace, read, patch) =>
      call('patchAutoscaler', () => {
        const at = key({ namespace, name: read.name });
        const found = state.autoscalers[at];
        if (found === undefined) throw notFound(`there is no HorizontalPodAutoscaler ${at}`);
        if (found.uid !== read.uid || found.maxReplicas !== read.maxReplicas) {
          throw conflict(`HorizontalPodAutoscaler ${at} has changed`);
        }
        return commit(() => {
          const patched = { ...found, ...patch };
          state.autoscalers[at] = patched;
          return patched;
        });
      }),
    quotas: (namespace) => call('quotas', () => inNamespace(state.quotas, namespace)),
    resourceVersion: (kind, { namespace, name }) =>
      call('resourceVersion', () => state.dependencies[`${namespace}/${kind}/${name}`]),
    lease: (ref) => call('lease', () => state.leases[key(ref)]),
    createLease: (ref, claim) =>
      call('createLease', () => {
        if (state.leases[key(ref)] !== undefined) throw conflict(`Lease ${key(ref)} is there`);
        return writeLease(ref, claim);
      }),
    patchLease: (namespace, { name, resourceVersion }, claim) =>
      call('patchLease', () => {
        const ref = { namespace, name };
        const found = state.leases[key(ref)];
        if (found === undefined) throw notFound(`there is no Lease ${key(ref)}`);
        if (found.resourceVersion !== resourceVersion) {
          throw conflict(`Lease ${key(ref)} has changed`);
        }
        return writeLease(ref, claim);
      }),
    mayI: (namespace, { group, resource, verb }) =>
      call('mayI', () => state.denied[`${namespace}/${group}/${resource}/${verb}`] !== true),
    version: () => call('version', () => 'simulated'),
    countPods: (namespace, labels) => call('countPods', () => podsWith(namespace, labels)),
    lastLogLine: () => call('lastLogLine', () => undefined),
    observeWorkload: (ref, listener) =>
      observe(() => {
        const found = state.workloads[key(ref)];
        return found === undefined ? undefined : viewWithPods(found);
      }, listener),
    observeEndpoints: ({ namespace, name }, listener) =>
      observe(() => readyEndpoints(state, namespace, name), listener),
    observePods: (namespace, labels, listener) =>
      observe(() => podsWith(namespace, labels), listener),
  };

  function writeLease(ref: Ref, claim: LeaseClaim): Lease {
    return commit(() => {
      const lease = { ...claim, name: ref.name, resourceVersion: String(nextId()) };
      state.leases[key(ref)] = lease;
      return lease;
    });
  }

  function podsWith(namespace: string, labels: Labels): number {
    return inNamespace(state.workloads, namespace)
      .flatMap(({ replicaSets }) => replicaSets)
      .filter((replicaSet) => includesLabels(podLabels(replicaSet), labels))
      .reduce((sum, { pods }) => sum + pods.length, 0);
  }
}

function key({ namespace, name }: Ref): string {
  return `${namespace}/${name}`;
}
