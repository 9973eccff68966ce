import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type {
  AutoscalerView,
  DisruptionBudget,
  Labels,
  Lease,
  OwnedPod,
  PodUsage,
  PodTemplate,
  Quota,
  Route,
  Service,
  Workload,
} from '../objects.ts';
import type { Fate } from './fate.ts';

export type PodState = 'starting' | 'ready' | 'failed';

export interface SimulatedPod {
  readonly name: string;
  readonly uid: string;
  readonly createdAtMs: number;
  readonly fate: Fate;
  readonly state: PodState;
  /** When it came into this state. */
  readonly changedAtMs: number;
  /** Of its containers, beside those of a crash loop. */
  readonly restarts?: number;
}

export interface SimulatedReplicaSet {
  readonly name: string;
  readonly template: PodTemplate;
  readonly templateDigest: string;
  pods: SimulatedPod[];
}

export interface SimulatedWorkload {
  namespace: string;
  /** Its `status` is computed from the pods. */
  object: Omit<Workload, 'status'>;
  replicaSets: SimulatedReplicaSet[];
}

export interface SimulatedState {
  /** Gives every object its own identity and every change its own version. */
  counter: number;
  /** All keyed by `<namespace>/<name>`. */
  workloads: Record<string, SimulatedWorkload>;
  services: Record<string, Service>;
  routes: Record<string, Route>;
  /** Keyed by `<namespace>/<kind>/<name>`: the resourceVersion. */
  dependencies: Record<string, string>;
  autoscalers: Record<string, AutoscalerView>;
  quotas: Record<string, Quota>;
  disruptionBudgets: Record<string, DisruptionBudget>;
  leases: Record<string, Lease>;
  /** By namespace; what is not there is not measured. */
  usage: Record<string, readonly PodUsage[]>;
  /** Pods that no Kubernetes Deployment made. */
  foreignPods: Record<string, OwnedPod>;
  /** Keyed by `<namespace>/<group>/<resource>/<verb>`. */
  denied: Record<string, boolean>;
}

function emptyState(): SimulatedState {
  return {
    counter: 0,
    workloads: {},
    services: {},
    routes: {},
    dependencies: {},
    autoscalers: {},
    quotas: {},
    disruptionBudgets: {},
    leases: {},
    usage: {},
    foreignPods: {},
    denied: {},
  };
}

/** State that outlives its process: a killed one leaves the last complete change, never half of one. */
export interface StateStore {
  load(): SimulatedState;
  save(state: SimulatedState): void;
}

export function createStateStore(file: string | undefined): StateStore {
  if (file === undefined) return { load: emptyState, save: () => undefined };
  return {
    load() {
      try {
        // A file of an older version lacks the collections that came since.
        const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<SimulatedState>;
        return { ...emptyState(), ...kept };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyState();
        throw error;
      }
    },
    save(state) {
      const temporary = `${file}.${process.pid}.tmp`;
      writeFileSync(temporary, JSON.stringify(state));
      renameSync(temporary, file);
    },
  };
}

/** Everything of one namespace in a keyed collection. */
export function inNamespace<T>(collection: Readonly<Record<string, T>>, namespace: string): T[] {
  return Object.entries(collection).flatMap(([key, value]) =>
    key.startsWith(`${namespace}/`) ? [value] : [],
  );
}

export function without<T>(
  collection: Readonly<Record<string, T>>,
  key: string,
): Record<string, T> {
  return Object.fromEntries(Object.entries(collection).filter(([name]) => name !== key));
}

export function podLabels({ template }: SimulatedReplicaSet): Labels {
  return template.metadata?.labels ?? {};
}
