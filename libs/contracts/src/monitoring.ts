import type { IssueKind, IssueTotals } from './remediation.ts';
import type { Totals } from './target.ts';
import type { DeploymentType } from './vocabulary.ts';

/** What a target shows of itself: durable totals, and what runs now. */
export interface TargetState {
  readonly environment: string;
  readonly application: string;
  readonly totals: Totals;
  readonly running?: RunningState;
  /** Absent where none was ever reported. */
  readonly issues?: IssuesState;
}

/** What a target shows of issues. */
export interface IssuesState {
  /** Those that nobody has mended yet, by kind; 0 of a kind whose issues are all over. */
  readonly open: Partial<Readonly<Record<IssueKind, number>>>;
  readonly totals?: IssueTotals;
}

/** There only while a deployment runs. */
export interface RunningState {
  readonly type: DeploymentType;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly expectedSeconds: number;
  readonly canary?: CanaryState;
}

/** There only while a canary runs. */
export interface CanaryState {
  /** Nothing has doomed it so far. */
  readonly healthy: boolean;
  /** Share of the traffic, 0 to 1. */
  readonly weight: number;
}

/** What a deployment tells its target while it runs, for systems that show it. */
export interface Progress {
  readonly deploymentId: string;
  /** Systems that are to be given the target's state: `SettingsSnapshot.progress`. */
  readonly systems: readonly string[];
  /** Absent where no canary runs. */
  readonly canary?: CanaryState;
}

/** Hands a target's present state, whole, to a system that keeps it. Repeats are harmless. */
export interface StateActivities {
  /** Throws a retryable failure when the system is out of reach. */
  publishState(request: {
    readonly system: string;
    readonly state: TargetState;
  }): Promise<Published | undefined>;
  /** Takes back all series of a target that is gone. */
  forgetState(request: {
    readonly system: string;
    readonly environment: string;
    readonly application: string;
  }): Promise<void>;
}

/** Of a state that was taken. */
export interface Published {
  /** Which attempt it was: what an earlier one sent may still be under way, and come after it. */
  readonly attempt: number;
}

/** What is asked of one system. */
export type ProvisionVerb = 'plan' | 'apply' | 'remove';

/** Input of the workflow `provisioning/<system>`. */
export interface ProvisionInput {
  readonly system: string;
  readonly verb: ProvisionVerb;
  /** Over what a person edited since. */
  readonly force: boolean;
  /** Takes away duplicates of ours, all but the oldest. */
  readonly removeDuplicates: boolean;
}

/**
 * What is to be done with one thing of ours, or was done. `edited`: a person changed it, so it stays unless forced.
 * `duplicate`: a second one of ours, which stays unless its removal was asked for.
 */
export type ChangeAction = 'create' | 'update' | 'remove' | 'unchanged' | 'edited' | 'duplicate';

/** One dashboard, alert or folder of ours. */
export interface ProvisionChange {
  readonly thing: 'folder' | 'dashboard' | 'alert';
  /** As people see it: its title. */
  readonly name: string;
  readonly action: ChangeAction;
  /** What differs, or why nothing is done: one line. */
  readonly detail?: string;
}

export interface ProvisionActivities {
  provision(request: ProvisionInput): Promise<readonly ProvisionChange[]>;
}
