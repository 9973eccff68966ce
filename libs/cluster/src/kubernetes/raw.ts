import type { BackendRef, Labels, LabelSelector, PodTemplate, RouteSpec } from '../objects.ts';

/** The parts of Kubernetes' JSON that are read; all but `metadata` may be missing, as the API server omits zeros. */

export interface RawMeta {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly ownerReferences?: readonly {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
    readonly controller?: boolean;
  }[];
  readonly managedFields?: readonly {
    readonly manager?: string;
    readonly fieldsV1?: { readonly 'f:spec'?: Readonly<Record<string, unknown>> };
  }[];
}

export interface RawCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly observedGeneration?: number;
}

export interface RawDeployment {
  readonly metadata: RawMeta;
  readonly spec: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly minReadySeconds?: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly strategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly maxSurge?: number | string };
    };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly conditions?: readonly RawCondition[];
  };
}

export interface RawReplicaSet {
  readonly metadata: RawMeta;
  readonly spec: { readonly template: PodTemplate };
  readonly status?: {
    readonly availableReplicas?: number;
    readonly conditions?: readonly RawCondition[];
  };
}

interface RawTermination {
  readonly exitCode: number;
  readonly reason?: string;
  readonly finishedAt?: string;
}

export interface RawContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: RawTermination;
  };
  readonly lastState?: { readonly terminated?: RawTermination };
}

export interface RawPod {
  readonly metadata: RawMeta;
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly conditions?: readonly RawCondition[];
    readonly containerStatuses?: readonly RawContainerStatus[];
    readonly initContainerStatuses?: readonly RawContainerStatus[];
  };
}

export interface RawService {
  readonly metadata: RawMeta;
  readonly spec: {
    readonly selector?: Labels;
    readonly ports?: readonly Readonly<Record<string, unknown>>[];
  };
}

export interface RawEndpointSlice {
  readonly metadata: RawMeta;
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[];
}

export interface RawRoute {
  readonly metadata: RawMeta;
  readonly spec: RouteSpec & {
    readonly rules?: readonly { readonly backendRefs?: readonly BackendRef[] }[];
  };
  readonly status?: {
    readonly parents?: readonly {
      readonly parentRef: { readonly name: string };
      readonly conditions?: readonly RawCondition[];
    }[];
  };
}

export interface RawAutoscaler {
  readonly metadata: RawMeta;
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
  };
}

export interface RawDisruptionBudget {
  readonly metadata: RawMeta;
  readonly spec: { readonly selector?: LabelSelector };
  readonly status?: { readonly disruptionsAllowed?: number };
}

export interface RawLease {
  readonly metadata: RawMeta;
  readonly spec?: {
    readonly holderIdentity?: string;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
  };
}

export interface RawQuota {
  readonly metadata: RawMeta;
  readonly spec: {
    readonly hard?: Labels;
    readonly scopes?: readonly string[];
    readonly scopeSelector?: unknown;
  };
  readonly status?: { readonly hard?: Labels; readonly used?: Labels };
}
