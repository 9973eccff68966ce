import type {
  AutoscalerView,
  DisruptionBudget,
  Labels,
  OwnedPod,
  PodUsage,
  PodTemplate,
  Quota,
  Ref,
  Route,
  Workload,
} from '../objects.ts';
import { digest } from '../digest.ts';
import { notFound } from '../failures.ts';
import type { Access } from '../port.ts';
import type { Engine } from './engine.ts';
import type { Fate } from './fate.ts';
import { changePod } from './pod-store.ts';
import { without } from './state.ts';
import { newSimulatedWorkload, nextRoute } from './workload-store.ts';

export interface SeedWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  /** 1 by default. */
  readonly replicas?: number;
  /** Of the pods, beside `app: <name>`, which the Service selects. */
  readonly labels?: Labels;
  /** Instead of one container named like the workload. */
  readonly template?: PodTemplate;
  /** One of its pods that is in trouble from the start, by its name. The one that takes its place is well. */
  readonly sick?: { readonly pod: string; readonly fate: Fate };
}

export interface SeedRoute {
  readonly namespace: string;
  readonly name: string;
  /** Of the component's Service; absent: none is written, as 1 is the default. */
  readonly service: string;
  readonly weight?: number;
  /** Service name to weight: backends that are nobody's business here. */
  readonly others?: Readonly<Record<string, number>>;
}

/** What people and other controllers do to a cluster: makes what a run finds, and edits what it does not expect. */
export interface SimulatedWorld {
  /** A Kubernetes Deployment whose pods are ready at once, with a Service of its name. Nothing if it is there. */
  readonly seedWorkload: (seed: SeedWorkload) => void;
  readonly seedRoute: (seed: SeedRoute) => void;
  readonly seedDependency: (kind: 'ConfigMap' | 'Secret', namespace: string, name: string) => void;
  readonly seedAutoscaler: (namespace: string, autoscaler: AutoscalerView) => void;
  readonly seedQuota: (namespace: string, quota: Quota) => void;
  readonly seedDisruptionBudget: (namespace: string, budget: DisruptionBudget) => void;
  /** Somebody measures from now on. */
  readonly seedUsage: (namespace: string, usage: readonly PodUsage[]) => void;
  /** A pod that no Kubernetes Deployment made. */
  readonly seedPod: (namespace: string, pod: OwnedPod) => void;
  /** This pod alone meets a fate that its image does not name: the one that takes its place may be well. */
  readonly befallPod: (pod: Ref, fate: Fate) => void;
  /** Its containers end without an error and are started again at once; it stays ready. */
  readonly restartContainers: (pod: Ref) => void;
  /** Somebody else's edit. */
  readonly editWorkload: (
    namespace: string,
    name: string,
    edit: Partial<Omit<Workload, 'status' | 'generation' | 'observedGeneration' | 'uid'>>,
  ) => void;
  readonly editRoute: (
    namespace: string,
    name: string,
    edit: Partial<Pick<Route, 'spec' | 'parents'>>,
  ) => void;
  readonly removeWorkload: (namespace: string, name: string) => void;
  readonly removeDependency: (
    kind: 'ConfigMap' | 'Secret',
    namespace: string,
    name: string,
  ) => void;
  readonly deny: (namespace: string, access: Access) => void;
}

export function createWorld({ state, nextId, commit, now }: Engine): SimulatedWorld {
  function fallSick({ namespace, name }: Ref, sick: NonNullable<SeedWorkload['sick']>): void {
    commit(() => {
      const first = state.workloads[`${namespace}/${name}`]?.replicaSets[0]?.pods[0];
      if (first === undefined) return;
      changePod(state, { namespace, name: first.name }, (pod) => ({
        ...pod,
        ...{ name: sick.pod, fate: sick.fate, state: 'starting', changedAtMs: now() },
      }));
    });
  }

  return {
    seedWorkload(seed) {
      const key = `${seed.namespace}/${seed.name}`;
      if (state.workloads[key] !== undefined) return;
      commit(() => {
        const labels = { app: seed.name };
        const workload = newSimulatedWorkload(
          seed.namespace,
          {
            name: seed.name,
            labels,
            annotations: {},
            replicas: seed.replicas ?? 1,
            minReadySeconds: 0,
            selector: labels,
            template: seed.template ?? {
              metadata: { labels: { ...labels, ...seed.labels } },
              spec: { containers: [{ name: seed.name, image: seed.image }] },
            },
          },
          nextId(),
        );
        state.workloads[key] = workload;
        state.services[key] = {
          name: seed.name,
          uid: `service-${nextId()}`,
          labels,
          annotations: {},
          selector: labels,
          ports: [{ port: 80 }],
        };
      });
      commit(() => {
        for (const set of state.workloads[key]?.replicaSets ?? []) {
          set.pods = set.pods.map((pod) => ({ ...pod, state: 'ready' }));
        }
      });
      if (seed.sick !== undefined) fallSick(seed, seed.sick);
    },
    seedRoute({ namespace, name, service, weight, others = {} }) {
      const key = `${namespace}/${name}`;
      if (state.routes[key] !== undefined) return;
      const backendRefs = [
        { name: service, port: 80, ...(weight === undefined ? {} : { weight }) },
        ...Object.entries(others).map(([other, parts]) => ({
          name: other,
          port: 80,
          weight: parts,
        })),
      ];
      const condition = { status: 'True', reason: 'Accepted', message: '', observedGeneration: 1 };
      const conditions = ['Accepted', 'ResolvedRefs'].map((type) => ({ type, ...condition }));
      commit(() => {
        state.routes[key] = {
          name,
          uid: `route-${nextId()}`,
          generation: 1,
          spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs }] },
          parents: [{ name: 'gateway', conditions }],
          writers: ['kubectl'],
        };
      });
    },
    seedDependency(kind, namespace, name) {
      commit(() => {
        state.dependencies[`${namespace}/${kind}/${name}`] = String(nextId());
      });
    },
    seedAutoscaler(namespace, autoscaler) {
      commit(() => {
        state.autoscalers[`${namespace}/${autoscaler.name}`] = autoscaler;
      });
    },
    seedQuota(namespace, quota) {
      commit(() => {
        state.quotas[`${namespace}/${quota.name}`] = quota;
      });
    },
    seedDisruptionBudget(namespace, budget) {
      commit(() => {
        state.disruptionBudgets[`${namespace}/${budget.name}`] = budget;
      });
    },
    seedUsage(namespace, usage) {
      commit(() => {
        state.usage[namespace] = usage;
      });
    },
    seedPod(namespace, pod) {
      commit(() => {
        state.foreignPods[`${namespace}/${pod.name}`] = pod;
      });
    },
    befallPod(ref, fate) {
      commit(() => {
        changePod(state, ref, (pod) => ({ ...pod, fate, state: 'starting', changedAtMs: now() }));
      });
    },
    restartContainers(ref) {
      commit(() => {
        changePod(state, ref, (pod) => ({ ...pod, restarts: (pod.restarts ?? 0) + 1 }));
      });
    },
    editWorkload(namespace, name, edit) {
      const workload = state.workloads[`${namespace}/${name}`];
      if (workload === undefined) throw notFound(`there is no ${namespace}/${name}`);
      commit(() => {
        const { object } = workload;
        const generation = object.generation + 1;
        const template = edit.template ?? object.template;
        workload.object = {
          ...object,
          ...edit,
          templateDigest: digest(template),
          generation,
          observedGeneration: generation,
        };
      });
    },
    editRoute(namespace, name, edit) {
      const key = `${namespace}/${name}`;
      const route = state.routes[key];
      if (route === undefined) throw notFound(`there is no HTTPRoute ${key}`);
      commit(() => {
        const writers = edit.spec === undefined ? route.writers : ['kubectl-edit'];
        const changed = { ...route, ...edit, writers };
        state.routes[key] = edit.spec === undefined ? changed : nextRoute(changed);
      });
    },
    removeWorkload(namespace, name) {
      commit(() => {
        state.workloads = without(state.workloads, `${namespace}/${name}`);
      });
    },
    removeDependency(kind, namespace, name) {
      commit(() => {
        state.dependencies = without(state.dependencies, `${namespace}/${kind}/${name}`);
      });
    },
    deny(namespace, { group, resource, verb }) {
      commit(() => {
        state.denied[`${namespace}/${group}/${resource}/${verb}`] = true;
      });
    },
  };
}
