import type { ImageChange } from '@fairlead/contracts';
import type {
  AutoscalerView,
  BackendRef,
  DisruptionBudget,
  Labels,
  Lease,
  LeaseClaim,
  OwnedPod,
  PodUsage,
  PodTemplate,
  Quota,
  Ref,
  Route,
  Service,
  Workload,
  WorkloadView,
} from './objects.ts';

/**
 * What Fairlead asks of a cluster. Every method throws `AdapterError` of the `cluster-…` types and nothing else; what
 * is not there is `undefined`. A write happens only if its object is still the one that was read (`uid`) and nobody
 * changed its spec since (`generation`; status updates do not count), else `cluster-conflict`.
 */
export interface Cluster {
  workload(ref: Ref): Promise<Workload | undefined>;
  createWorkload(namespace: string, workload: NewWorkload): Promise<Workload>;
  patchWorkload(namespace: string, read: Workload, patch: WorkloadPatch): Promise<Workload>;
  /** In the background: pods end after it has returned. */
  deleteWorkload(namespace: string, read: Workload): Promise<void>;

  /** Never old. */
  pod(ref: Ref): Promise<OwnedPod | undefined>;
  /** In the background, with the pod's own grace; done, too, when it is gone. Of its name with another UID: a conflict. */
  deletePod(namespace: string, pod: PodIdentity): Promise<void>;
  /** As `deletePod`, but asks the disruption budgets: `cluster-throttled` when one forbids it now. */
  evictPod(namespace: string, pod: PodIdentity): Promise<void>;
  /** As measured last; `undefined` where the cluster serves no such metrics. */
  podUsage(namespace: string): Promise<readonly PodUsage[] | undefined>;
  /** Never old. */
  disruptionBudgets(namespace: string): Promise<readonly DisruptionBudget[]>;

  service(ref: Ref): Promise<Service | undefined>;
  /** May be a moment old. */
  services(namespace: string): Promise<readonly Service[]>;
  createService(namespace: string, service: NewService): Promise<Service>;
  /** Adds or changes labels and annotations. */
  patchService(namespace: string, read: Service, patch: ServicePatch): Promise<Service>;
  deleteService(namespace: string, read: Service): Promise<void>;

  route(ref: Ref): Promise<Route | undefined>;
  /** Replaces the backends of some rules; the others are untouched. */
  patchRoute(namespace: string, read: Route, rules: readonly RulePatch[]): Promise<Route>;

  /** May be a moment old. */
  autoscalers(namespace: string): Promise<readonly AutoscalerView[]>;
  /** Raises or lowers the bound; a conflict when it is not what was read any more. */
  patchAutoscaler(
    namespace: string,
    read: AutoscalerView,
    patch: { readonly maxReplicas: number },
  ): Promise<AutoscalerView>;
  /** May be a moment old. */
  quotas(namespace: string): Promise<readonly Quota[]>;
  /** Of a ConfigMap or Secret; its content is never read. */
  resourceVersion(kind: 'ConfigMap' | 'Secret', ref: Ref): Promise<string | undefined>;
  /** Never old. */
  lease(ref: Ref): Promise<Lease | undefined>;
  /** A conflict when it is there. */
  createLease(ref: Ref, claim: LeaseClaim): Promise<Lease>;
  /** A conflict when it is not exactly what was read any more; gone is `cluster-not-found`. */
  patchLease(namespace: string, read: Lease, claim: LeaseClaim): Promise<Lease>;
  mayI(namespace: string, access: Access): Promise<boolean>;
  /** As `v1.34.1`; `undefined` where it is not told. */
  version(): Promise<string | undefined>;
  /** Pods that carry all of these labels, those that are ending included. Never old. */
  countPods(namespace: string, labels: Labels): Promise<number>;
  /** Of the container that crashed; `undefined` when there is none. */
  lastLogLine(pod: Ref, container: string): Promise<string | undefined>;

  /** `undefined` when the Kubernetes Deployment is not there. */
  observeWorkload(ref: Ref, listener: Listener<WorkloadView | undefined>): Watching;
  /** Ready endpoints of a Service; 0 when there is no such Service. */
  observeEndpoints(service: Ref, listener: Listener<number>): Watching;
  /** Number of pods that carry all of these labels, those that are ending included. */
  observePods(namespace: string, labels: Labels, listener: Listener<number>): Watching;
}

export type PodIdentity = Pick<OwnedPod, 'name' | 'uid'>;

/** Told at once what is there, then at every change. Nothing may be decided while sight is lost. */
export type Listener<T> = (sight: Sight<T>) => void;
export type Sight<T> =
  { readonly fresh: true; readonly value: T } | { readonly fresh: false; readonly why: string };

export interface Watching {
  close(): void;
}

export interface NewWorkload {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly selector: Labels;
  readonly template: PodTemplate;
}

export interface WorkloadPatch {
  /** Each written only where the named container still has the image `from`. */
  readonly images?: readonly ImageChange[];
  readonly replicas?: number;
  readonly template?: PodTemplate;
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

export interface NewService {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly selector: Labels;
  readonly ports: Service['ports'];
}

interface ServicePatch {
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

export interface RulePatch {
  /** Place in `spec.rules` of the route that was read. */
  readonly rule: number;
  readonly backendRefs: readonly BackendRef[];
}

/** One verb on one resource or, as in `pods/log`, a part of it: as RBAC names them. */
export interface Access {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
}
