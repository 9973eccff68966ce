import type { ForeignWork } from './foreign.ts';
import type { BusyPolicy, DeploymentType, FailurePlace } from './vocabulary.ts';

/** One Kubernetes Deployment and the image it should run. */
export interface PlannedComponent {
  readonly name: string;
  /** Name of the Kubernetes Deployment. */
  readonly workload: string;
  readonly image: string;
  /** Names of the containers that take the image; absent: every one whose image repository equals the wanted one's. */
  readonly containers?: readonly string[];
  /** Components that must be done before this one. */
  readonly after: readonly string[];
}

export type TrafficPlan =
  | { readonly router: 'replicas' }
  | { readonly router: 'gateway-api'; readonly route: string }
  | { readonly router: 'nginx'; readonly ingress: string };

/** One element of a canary plan. */
export type CanaryStep =
  /** Percent of the traffic that the canary should take, 0..100. */
  | { readonly kind: 'weight'; readonly weight: number }
  | { readonly kind: 'pause'; readonly durationMs: number }
  /** Waits for promote or abort. */
  | { readonly kind: 'approval' };

export interface CanaryPlan {
  readonly traffic: TrafficPlan;
  readonly steps: readonly CanaryStep[];
}

/** Everything that a run needs to know of what is wanted. Holds names and numbers, never a secret. */
export interface DeploymentPlan {
  readonly environment: string;
  readonly application: string;
  /** Names the cluster worker that serves the environment. */
  readonly cluster: string;
  readonly namespace: string;
  readonly type: DeploymentType;
  readonly components: readonly PlannedComponent[];
  readonly canary: CanaryPlan;
  /** Longest that one change may take until its pods are available; then the run is failed. */
  readonly progressDeadlineMs: number;
  /** After promotion the way back stays armed this long. */
  readonly bakeMs: number;
  /** Limit of the Long-Running alert. */
  readonly expectedDurationMs: number;
  readonly onBusy: BusyPolicy;
  /** Deploy although a GitOps or another canary controller manages the Kubernetes Deployment. */
  readonly allowManaged: boolean;
  /** Lowered to `warning` for environments in which nobody may be woken. */
  readonly severity: 'critical' | 'warning';
  readonly features: Features;
  readonly simulateFailure?: FailurePlace;
  /** Another tool does the work: nothing in the cluster is read or written. */
  readonly foreign?: ForeignWork;
}

/** What a caller may switch off for its run. All are on by default. */
export interface Features {
  readonly monitoring: boolean;
  readonly notifications: boolean;
  readonly remediation: boolean;
}
