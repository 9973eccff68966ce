import type { ClusterChange } from './cluster.ts';
import type { DeploymentPlan } from './plan.ts';
import type { CanaryState } from './monitoring.ts';
import type { CiRun, ComponentRecord } from './record.ts';
import type { IssueTotals, IssueView } from './remediation.ts';
import type { DeploymentType, ForeignSource, Outcome, Phase } from './vocabulary.ts';

/** Asks a target for a deployment. The request ID becomes the deployment ID, so that a repeat is harmless. */
export interface DeploymentRequest {
  /** As `REQUEST_ID` says; chosen by the caller, unique for ever and across targets. */
  readonly requestId: string;
  readonly plan: DeploymentPlan;
  readonly actor: string;
  readonly reason?: string;
  readonly ci?: CiRun;
  /** Over a halted target: what an earlier run left is put back first. */
  readonly force: boolean;
}

/** Asks a target to go back to what ran well before. */
export interface RollbackRequest extends Omit<DeploymentRequest, 'force'> {
  /** The deployment whose images are wanted; absent: the one before what runs now. */
  readonly to?: string;
}

export type AdmissionAnswer =
  | { readonly status: 'started'; readonly deploymentId: string }
  | { readonly status: 'queued'; readonly deploymentId: string; readonly place: number }
  /** This request was answered before and its deployment has ended. */
  | { readonly status: 'ended'; readonly deploymentId: string; readonly outcome?: Outcome };

/** Travels in the `details` of a rejection, so that a refused caller knows by whom. */
export interface RunningDeployment {
  readonly deploymentId: string;
  readonly actor: string;
  readonly startedAt: string;
  readonly type: DeploymentType;
  readonly expectedDurationMs: number;
  /** Where a monitoring system shows it: how the canary fares. */
  readonly canary?: CanaryState;
}

/** A set of images that ran well: what `fairlead rollback` goes back to. */
export interface GoodRun {
  readonly deploymentId: string;
  readonly finishedAt: string;
  /** Where it ran. */
  readonly namespace: string;
  readonly cluster: string;
  readonly components: readonly GoodComponent[];
}

export interface GoodComponent {
  readonly name: string;
  readonly workload: string;
  readonly image: string;
  readonly containers?: readonly string[];
  readonly after: readonly string[];
}

/** Why a target admits nothing but `rollback`, or a deployment with `--force`. */
export interface Halt {
  readonly deploymentId: string;
  readonly kind: 'deploy' | 'rollback';
  /** Of a rollback: the good run that it was to bring back. The next one goes for the same. */
  readonly goal?: string;
  readonly at: string;
  readonly message: string;
  /** What kind of failure it was; it decides what to do next. */
  readonly failure?: string;
  readonly namespace: string;
  readonly cluster: string;
  /** What that deployment left in the cluster, newest last. */
  readonly left: readonly ClusterChange[];
}

/** Durable totals: counted once a deployment, never go down (architecture.md, "Metrics"). */
export interface Totals {
  /** By type, then outcome. */
  readonly deployments: Partial<
    Record<DeploymentType, Partial<Record<CountedOutcome, OutcomeTotal>>>
  >;
  /** `fairlead rollback` and automatic ones, by result. */
  readonly rollbacks: { readonly succeeded: RollbackTotal; readonly failed: RollbackTotal };
  /** Absent where no deployment has told of them yet. */
  readonly timings?: TimingTotals;
  /** Of deployments that other tools made; absent where there were none. */
  readonly foreign?: Partial<Readonly<Record<ForeignSource, RunTotals>>>;
}

/** Of one source. */
export type RunTotals = Pick<Totals, 'deployments' | 'rollbacks'>;

export type CountedOutcome = Exclude<Outcome, 'refused'>;

export interface OutcomeTotal {
  readonly count: number;
  readonly durationSecondsSum: number;
  /** Cumulative counts by upper bound, in the order of `DURATION_BUCKETS_SECONDS`; `count` is the +Inf bucket. */
  readonly buckets: readonly number[];
  /** RFC 3339. */
  readonly lastFinishedAt: string;
}

export interface RollbackTotal {
  readonly count: number;
  readonly lastFinishedAt?: string;
}

/** Where the time of one deployment went. What did not happen in it is absent. */
export interface Timings {
  readonly phases: Partial<Readonly<Record<Phase, number>>>;
  readonly components: readonly ComponentTiming[];
  /** From the first sign of trouble at the new pods until the run knew that they are doomed. */
  readonly detectSeconds?: number;
  /** From the first sign of trouble at the new pods until everything was put back. */
  readonly safeSeconds?: number;
}

export type ComponentTiming = Pick<ComponentRecord, 'name' | 'seconds' | 'readySeconds'>;

/** `Timings` of all deployments, added up. */
export interface TimingTotals {
  /** By type, then phase. */
  readonly phases: Partial<Readonly<Record<DeploymentType, PhaseTotals>>>;
  /** By name; of the first 50 names that a target ever had. */
  readonly components: Readonly<Record<string, ComponentTotals>>;
  readonly detect?: SecondsTotal;
  readonly safe?: SecondsTotal;
}

export type PhaseTotals = Partial<Readonly<Record<Phase, SecondsTotal>>>;

export interface ComponentTotals {
  readonly duration?: SecondsTotal;
  readonly ready?: SecondsTotal;
}

/** How often, and how long together. */
export interface SecondsTotal {
  readonly count: number;
  readonly secondsSum: number;
}

/** Upper bounds in seconds of the duration histogram (catalogue of metrics). */
export const DURATION_BUCKETS_SECONDS = [
  15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200,
] as const;

/** What a target's memo and its `ledger` query show. */
export interface LedgerView {
  readonly environment: string;
  readonly application: string;
  readonly running?: RunningDeployment;
  readonly queue: readonly { readonly deploymentId: string; readonly actor: string }[];
  readonly present?: GoodRun;
  readonly previous?: GoodRun;
  readonly halt?: Halt;
  readonly totals: Totals;
  /** Absent where none was ever reported. */
  readonly issues?: readonly IssueView[];
  /** Absent where none was ever looked after. */
  readonly issueTotals?: IssueTotals;
}

/** Input of the `target` workflow. A caller gives names only; the ledger is what continue-as-new carries over. */
export interface TargetInput<Ledger = unknown> {
  readonly environment: string;
  readonly application: string;
  readonly ledger?: Ledger;
}

/** Input of the `deployment` workflow. */
export interface DeploymentInput {
  readonly deploymentId: string;
  readonly kind: 'deploy' | 'rollback';
  readonly plan: DeploymentPlan;
  readonly actor: string;
  readonly reason?: string;
  readonly ci?: CiRun;
  readonly requestedAt: string;
  /** Of a rollback: the good run that it brings back; absent where only what was left is put back. */
  readonly goal?: string;
  /** What an earlier, halted run left; put back before anything else. */
  readonly leftovers: readonly ClusterChange[];
}

/** Result of the `deployment` workflow: what the target's ledger keeps. */
export interface DeploymentResult {
  readonly deploymentId: string;
  readonly kind: 'deploy' | 'rollback';
  readonly outcome: Outcome;
  readonly type: DeploymentType;
  /** Absent: Fairlead itself. */
  readonly source?: ForeignSource;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationSeconds: number;
  /** Whether a rollback was made, and whether it could be finished. */
  readonly rollback?: 'succeeded' | 'failed';
  /** What runs now; absent where nothing changed. */
  readonly runs?: readonly GoodComponent[];
  /** What ran before. */
  readonly ran?: readonly GoodComponent[];
  readonly error?: string;
  /** The error's type: a `FailureType` or a `DoomReason`. */
  readonly failure?: string;
  /** Absent of a run that was refused. */
  readonly timings?: Timings;
  readonly left: readonly ClusterChange[];
}
