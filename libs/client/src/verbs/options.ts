import type { BusyPolicy, DeploymentType, FailurePlace, Outcome } from '@fairlead/contracts';

/** Makes a call that changes something safe to repeat, and says who asks. */
export interface RequestOptions {
  /** Lower-case letters, digits and `-`; a repeat under it never acts twice. Default: generated. */
  readonly requestId?: string;
  /** Why; recorded and shown. */
  readonly reason?: string;
}

/** The target that is meant. */
export interface PlaceOptions {
  /** As the configuration names it. */
  readonly environment: string;
  /** Default: the configuration's. */
  readonly application?: string;
  /** Configuration files, later ones win. Default: those of `connect`. */
  readonly config?: readonly string[];
}

export interface DeployOptions extends PlaceOptions, RequestOptions {
  /** Default: the environment's. */
  readonly type?: Exclude<DeploymentType, 'blue-green'>;
  /** Image by component: replaces the one in the file. */
  readonly components?: Readonly<Record<string, string>>;
  /** Kubernetes namespace; default: the environment's. */
  readonly namespace?: string;
  /** When the target is busy; default: the configuration's, or `refuse`. */
  readonly onBusy?: Exclude<BusyPolicy, 'supersede'>;
  /** Rehearses a failure there, `true` at the health checks, and goes the real way back. */
  readonly simulateFailure?: boolean | FailurePlace;
  readonly disableMonitoring?: boolean;
  readonly disableNotifications?: boolean;
  readonly disableRemediation?: boolean;
  /** Over a halted target: puts back what was left, then deploys. */
  readonly force?: boolean;
}

export interface RollbackOptions extends PlaceOptions, RequestOptions {
  /** The deployment whose images are wanted; default: the one before. */
  readonly to?: string;
  readonly onBusy?: Exclude<BusyPolicy, 'supersede'>;
}

export interface ListOptions {
  readonly environment?: string;
  readonly application?: string;
  readonly outcome?: Outcome;
  /** Default 20. */
  readonly limit?: number;
}

export interface SteerOptions extends RequestOptions {
  /** Of `promote`: skips the remaining steps. */
  readonly full?: boolean;
}

/** Aborting the signal leaves the wait, never the deployment. */
export interface WaitOptions {
  readonly signal?: AbortSignal;
}
