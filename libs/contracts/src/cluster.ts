import type { CanaryStep, PlannedComponent, TrafficPlan } from './plan.ts';
import type { DeploymentType } from './vocabulary.ts';

/** One container (or init container) of a pod template whose image changes. Addressed by name, never by index. */
export interface ImageChange {
  readonly container: string;
  readonly init: boolean;
  readonly from: string;
  readonly to: string;
}

/** A Kubernetes Deployment's autoscaler (HPA, or KEDA's through its HPA). */
export interface Autoscaler {
  readonly name: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** A ConfigMap or Secret that a pod template names, as it was when the run was planned. */
export interface TemplateDependency {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly resourceVersion: string;
}

/** How a component's traffic is split before anything was changed. */
export type TrafficSnapshot =
  | { readonly router: 'replicas' }
  | {
      readonly router: 'gateway-api';
      readonly route: string;
      /** Service that the route's backend names; the canary's is `<service>-canary`. */
      readonly service: string;
      /** SHA-256 of the component's own rules, and of all outside the rules: what "restored" means for a route. */
      readonly routeDigest: string;
    };

/** A component as it is before anything was changed, and what the run would change. */
export interface ComponentSnapshot {
  readonly name: string;
  readonly workload: string;
  /** Guards against a Kubernetes Deployment that was deleted and made anew. */
  readonly uid: string;
  readonly replicas: number;
  /** Empty: the component already runs the wanted image, nothing is to be done. */
  readonly images: readonly ImageChange[];
  /** SHA-256 of the pod template as canonical JSON: what "restored byte for byte" means. */
  readonly templateDigest: string;
  /** The image that stands for the component in the record. */
  readonly previousImage: string;
  readonly traffic: TrafficSnapshot;
  readonly autoscaler?: Autoscaler;
  readonly dependencies: readonly TemplateDependency[];
}

export interface SnapshotRequest {
  readonly deploymentId: string;
  readonly namespace: string;
  readonly type: DeploymentType;
  readonly components: readonly PlannedComponent[];
  readonly traffic: TrafficPlan;
  readonly steps: readonly CanaryStep[];
  readonly allowManaged: boolean;
}

/** Why a component cannot be deployed; found before any write. */
export interface Refusal {
  readonly component: string;
  readonly type: RefusalType;
  /** What, why, and what to do, in one sentence or two. */
  readonly message: string;
}

export const REFUSAL_TYPES = [
  'workload-missing',
  'workload-paused',
  'workload-managed',
  'image-matches-no-container',
  'permission-missing',
  'route-missing',
  'route-not-accepted',
  'service-missing',
  'weight-not-representable',
  'quota-exceeded',
  'dependency-missing',
  'autoscaler-unsupported',
  'strategy-unsupported',
  'type-unsupported',
] as const;
export type RefusalType = (typeof REFUSAL_TYPES)[number];

export interface ClusterSnapshot {
  readonly components: readonly ComponentSnapshot[];
  readonly refusals: readonly Refusal[];
  /** What works but will surprise: an autoscaler that counts canary pods, an image without a tag. */
  readonly warnings: readonly string[];
}

export type Side = 'stable' | 'canary';

/**
 * One idempotent change, or a wait for one to take effect. A list of them is made in order; a repeat after a crash
 * finds its work done. Nothing is written when what is found is neither the state before nor the state wanted:
 * that is a foreign edit (`target-edited`).
 */
export type ClusterChange =
  /** Makes `<workload>-canary` (and, behind a router, its Service and route backend with weight 0), or scales it. */
  | {
      readonly kind: 'canary';
      readonly component: ComponentSnapshot;
      readonly replicas: number;
    }
  /** Scales the stable. `from` lists every replica count that this run may have left there. */
  | {
      readonly kind: 'scale';
      readonly component: ComponentSnapshot;
      readonly replicas: number;
      readonly from: readonly number[];
    }
  /** Puts the wanted images into the stable's pod template (`to: 'new'`), or the recorded ones back (`to: 'old'`). */
  | { readonly kind: 'images'; readonly component: ComponentSnapshot; readonly to: 'new' | 'old' }
  /** Percent of the component's own share of the route that the canary takes. */
  | { readonly kind: 'route'; readonly component: ComponentSnapshot; readonly weight: number }
  /** Waits until `replicas` pods of the side are updated and available; doomed pods end it at once. */
  | {
      readonly kind: 'await';
      readonly component: ComponentSnapshot;
      readonly side: Side;
      readonly replicas: number;
      /** Which template the stable's pods must have. */
      readonly images: 'new' | 'old';
    }
  /** Removes the canary, its Service and its route backend, and waits until no pod of it is left. */
  | { readonly kind: 'remove-canary'; readonly component: ComponentSnapshot };

export interface ApplyRequest {
  readonly deploymentId: string;
  readonly namespace: string;
  /** One list a component: lists go side by side, the changes of one list in order. */
  readonly lists: readonly (readonly ClusterChange[])[];
  /**
   * Time that each wait has, from the last write before it; then it is doomed with `ProgressDeadline`. Only time with
   * sight of the cluster counts, and a retry goes on where it was.
   */
  readonly progressDeadlineMs: number;
  /**
   * A doomed wait for the stable is told, but does not keep the canary: the rest of its list is made where the stable
   * has a ready endpoint. Absent: a doom ends its list.
   */
  readonly isWayBack?: boolean;
}

export const DOOM_REASONS = [
  'CrashLoopBackOff',
  'ImagePull',
  'ConfigError',
  'OutOfMemory',
  'Unschedulable',
  'FailedCreate',
  'ContainerFailed',
  'BecameUnready',
  'ProgressDeadline',
  'Simulated',
] as const;
export type DoomReason = (typeof DOOM_REASONS)[number];

/** Pods of the new version that will not come up, or that were up and broke. */
export interface Doom {
  readonly component: string;
  readonly workload: string;
  readonly side: Side;
  readonly reason: DoomReason;
  /** Which pod and container, and the API's own words. */
  readonly message: string;
  /** RFC 3339: when the cluster first reported it. */
  readonly since: string;
  readonly pod?: string;
  readonly lastLogLine?: string;
}

/** What really is in the cluster after a list of changes. */
export interface ObservedComponent {
  readonly component: string;
  readonly stableReady: number;
  readonly canaryReady: number;
  /** Percent of the traffic that the canary really takes. */
  readonly weight: number;
  /** The slowest new pod that was waited for, from its creation until it was ready. */
  readonly readySeconds?: number;
}

export interface ApplyResult {
  /** Absent: all done. Present: the list of that component stopped there (but see `isWayBack`). */
  readonly doom?: Doom;
  readonly observed: readonly ObservedComponent[];
}

export interface WatchRequest {
  readonly deploymentId: string;
  readonly namespace: string;
  readonly components: readonly ComponentSnapshot[];
  readonly side: Side;
}

/** What of a template's ConfigMaps and Secrets is no longer what it was. */
export interface DependencyDrift {
  readonly component: string;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly drift: 'gone' | 'changed';
}

export interface ClusterActivities {
  /** Reads every component and checks what could not work. Writes nothing. */
  clusterSnapshot(request: SnapshotRequest): Promise<ClusterSnapshot>;
  /** Makes the changes. Throws failure types of `failures.ts`; doomed pods are a result, not an error. */
  clusterApply(request: ApplyRequest): Promise<ApplyResult>;
  /** Watches the pods of one side and ends only when they are doomed, or when cancelled. */
  clusterWatchHealth(request: WatchRequest): Promise<Doom>;
  /** Compares the recorded ConfigMaps and Secrets with what is there now. */
  clusterCompareDependencies(request: {
    readonly namespace: string;
    readonly components: readonly ComponentSnapshot[];
  }): Promise<readonly DependencyDrift[]>;
}
