/** Kubernetes objects as the decisions need them. What is not read is kept as it came, so that digests are exact. */

export type Labels = Readonly<Record<string, string>>;

export interface Ref {
  readonly namespace: string;
  readonly name: string;
}

export interface TemplateContainer {
  readonly name: string;
  readonly image: string;
  readonly [field: string]: unknown;
}

export interface PodSpec {
  readonly containers: readonly TemplateContainer[];
  readonly initContainers?: readonly TemplateContainer[];
  readonly [field: string]: unknown;
}

export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Labels;
    readonly annotations?: Labels;
    readonly [field: string]: unknown;
  };
  readonly spec: PodSpec;
}

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly controller: boolean;
}

/** A Kubernetes Deployment. */
export interface Workload {
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly owners: readonly Owner[];
  readonly replicas: number;
  readonly paused: boolean;
  readonly strategy: 'RollingUpdate' | 'Recreate';
  /** As written: a number, or a percentage that Kubernetes rounds up. */
  readonly maxSurge: number | string;
  readonly minReadySeconds: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  /** SHA-256 of `template` as canonical JSON. */
  readonly templateDigest: string;
  readonly status: WorkloadStatus;
}

interface WorkloadStatus {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  /** Conditions `Available` and `Progressing` where they are `False`. */
  readonly unavailable?: FailedCondition;
  readonly stuck?: FailedCondition;
}

/** What Kubernetes says against a Kubernetes Deployment, and since when. */
export interface FailedCondition {
  readonly reason: string;
  readonly message: string;
  readonly since: string;
}

export interface ReplicaSetView {
  readonly name: string;
  readonly availableReplicas: number;
  /** Condition `ReplicaFailure`: the controller may not make pods. */
  readonly failure?: { readonly reason: string; readonly message: string; readonly since: string };
}

export interface Termination {
  readonly exitCode: number;
  readonly reason: string;
  readonly finishedAt?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly init: boolean;
  readonly restarts: number;
  readonly waiting?: { readonly reason: string; readonly message: string };
  readonly terminated?: Termination;
  readonly lastTerminated?: Termination;
}

export interface PodView {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  /** Going away: not judged, but still there. */
  readonly deleting: boolean;
  /** Evicted, preempted or on a lost node: its end says nothing about its version. */
  readonly disrupted: boolean;
  readonly ready: boolean;
  readonly phase: string;
  /** When the condition `Ready` last changed. */
  readonly readyChangedAt?: string;
  readonly unschedulable?: { readonly message: string; readonly since: string };
  readonly containers: readonly ContainerStatus[];
}

/** What keeps an object alive. */
export interface Controller {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** A pod and whose it is. */
export interface OwnedPod {
  readonly name: string;
  readonly uid: string;
  readonly labels: Labels;
  /** Going away, but still there. */
  readonly deleting: boolean;
  /** RFC 3339, of one that is going away: by when its node was to have ended it. */
  readonly goneBy?: string;
  /** Nearest first: of a Kubernetes Deployment's pod its ReplicaSet, then itself. Empty: nobody would make it anew. */
  readonly controllers: readonly Controller[];
}

/** What the containers of a pod use: cores and bytes. */
export interface PodUsage {
  readonly pod: string;
  /** When it was measured. */
  readonly at: string;
  readonly containers: readonly {
    readonly name: string;
    readonly cpu: number;
    readonly memory: number;
  }[];
}

/** A PodDisruptionBudget. */
export interface DisruptionBudget {
  readonly name: string;
  /** Absent: it stands over no pod; empty: over every one. */
  readonly selector?: LabelSelector;
  /** Pods that may go now. */
  readonly disruptionsAllowed: number;
}

/** What a holder writes into a Lease. Times are the holder's own: who waits for the Lease goes by when they change. */
export interface LeaseClaim {
  /** Absent: nobody, it was given back. */
  readonly holder?: string;
  readonly durationSeconds: number;
  readonly acquiredAt: string;
  readonly renewedAt: string;
  /** Times that it went to another holder. */
  readonly transitions: number;
}

export interface Lease extends LeaseClaim {
  readonly name: string;
  readonly resourceVersion: string;
}

/** A Kubernetes Deployment with the pods of its present template. */
export interface WorkloadView {
  readonly workload: Workload;
  readonly newReplicaSet?: ReplicaSetView;
  /** Of the new ReplicaSet alone: those of older ones are never judged. */
  readonly pods: readonly PodView[];
  /** Pods of older ReplicaSets that are still there, ending ones included. */
  readonly otherPods: number;
}

export interface Service {
  readonly name: string;
  readonly uid: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Absent: endpoints are somebody else's affair. */
  readonly selector?: Labels;
  readonly ports: readonly Readonly<Record<string, unknown>>[];
}

export interface BackendRef {
  readonly name: string;
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly weight?: number;
  readonly [field: string]: unknown;
}

export interface RouteRule {
  readonly backendRefs?: readonly BackendRef[];
  readonly [field: string]: unknown;
}

export interface RouteSpec {
  readonly rules?: readonly RouteRule[];
  readonly [field: string]: unknown;
}

/** What a gateway says of a route: one for each parent. */
interface RouteParent {
  readonly name: string;
  readonly conditions: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    readonly message: string;
    readonly observedGeneration: number;
  }[];
}

/** An HTTPRoute. */
export interface Route {
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly spec: RouteSpec;
  readonly parents: readonly RouteParent[];
  /** Field managers that own `spec.rules`, an atomic list: who wrote it last. */
  readonly writers: readonly string[];
}

/** A HorizontalPodAutoscaler. */
export interface AutoscalerView {
  readonly name: string;
  readonly uid: string;
  readonly targetKind: string;
  readonly targetName: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Who sets the bounds and would put them back: a ScaledObject of KEDA, say. Absent: they are a person's. */
  readonly controller?: Controller;
}

export interface Quota {
  readonly name: string;
  readonly hard: Labels;
  readonly used: Labels;
  readonly scopes: readonly string[];
  /** A quota chosen by expressions (priority classes) cannot be computed from a template alone. */
  readonly hasScopeSelector: boolean;
}
