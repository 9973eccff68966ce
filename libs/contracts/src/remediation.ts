/** What may be wrong with a Kubernetes Deployment that runs. */
export const ISSUE_KINDS = [
  'pod_crash',
  'pod_pending',
  'deployment_stuck',
  'deployment_unavailable',
  'resource_constraint',
] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

export const ACTIONS = ['restart_pod', 'restart_deployment', 'scale_deployment'] as const;
export type ActionName = (typeof ACTIONS)[number];

/** Who saw it. */
export const ISSUE_SOURCES = ['person', 'watcher', 'alertmanager', 'grafana'] as const;
export type IssueSource = (typeof ISSUE_SOURCES)[number];

/** What somebody saw at a target. Of several reports of one workload and kind one issue is made. */
export interface IssueReport {
  readonly kind: IssueKind;
  readonly environment: string;
  readonly application: string;
  /** Names the cluster worker that serves the environment. */
  readonly cluster: string;
  readonly namespace: string;
  /** Name of the Kubernetes Deployment; absent: the one that the pod belongs to. */
  readonly workload?: string;
  readonly pod?: string;
  readonly source: IssueSource;
  readonly actor: string;
  /** What was seen, in a sentence. */
  readonly reason?: string;
  /** RFC 3339: since when it is so without a break; absent where nobody says so. */
  readonly since?: string;
}

/** What the worker's configuration allows at one environment: names and numbers, in force when the issue was opened. */
export interface RemediationPolicy {
  readonly enabled: boolean;
  /** Acts without being asked; else it proposes and waits for `approve`. */
  readonly autoRemediate: boolean;
  readonly maxAttempts: number;
  readonly cooldownMs: number;
  /** Healthy for so long means that an action has helped. */
  readonly verifyForMs: number;
  /** An issue that comes again within this goes on counting where it was. */
  readonly resetAfterMs: number;
  /** A proposal that nobody approves within this is given up. */
  readonly approvalTimeoutMs: number;
  /** Actions by kind, in the order in which they are tried; the last is repeated. Only what is enabled. */
  readonly ladders: Readonly<Record<IssueKind, readonly ActionName[]>>;
  readonly scale: ScalePolicy;
  /** Where anything may be touched at all. */
  readonly namespaces: readonly string[];
  readonly limits: BlastRadius;
  /** Monitoring systems that are given the target's state; absent: none. */
  readonly systems?: readonly string[];
}

export interface ScalePolicy {
  /** Replicas more with each attempt. */
  readonly step: number;
  /** Never beyond. */
  readonly maxReplicas: number;
}

/** Beyond these nothing is touched at the environment: people are told that many things fail at once. */
export interface BlastRadius {
  /** Targets that are acted upon at the same time. */
  readonly targetsAtOnce: number;
  readonly actionsPerHour: number;
}

/**
 * `waiting`: for its turn or its cooldown. `proposed`: for `approve`. `healed`: an attempt has helped.
 * `left-to-deployment`: a deployment began, whose own verdict decides. Both are remembered for a while. `given-up`:
 * nothing helped, or nothing may be done; a person was told.
 */
export const ISSUE_STATES = [
  'waiting',
  'acting',
  'proposed',
  'healed',
  'left-to-deployment',
  'given-up',
] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** What a target remembers of one issue; bounded, as it is carried over continue-as-new. */
export interface Issue {
  /** `<kind>/<workload>`: unique within the target. */
  readonly key: string;
  readonly kind: IssueKind;
  readonly namespace: string;
  readonly cluster: string;
  readonly workload: string;
  readonly pod?: string;
  /** Of the pod when it was reported: another one of its name is not meant. */
  readonly podUid?: string;
  readonly source: IssueSource;
  readonly actor: string;
  readonly reason?: string;
  readonly state: IssueState;
  readonly openedAt: string;
  /** When it was last reported, as far as that was taken down. */
  readonly reportedAt: string;
  /** When the next attempt may be made; of a proposal: when it is given up. */
  readonly dueAt?: string;
  /** Those that counted, oldest first; the last ones where many were made. */
  readonly attempts: readonly Attempt[];
  /** How many counted; absent where `attempts` holds them all. */
  readonly made?: number;
  /** Why it was given up. */
  readonly gaveUp?: string;
  /** When it was given up only because many things failed at once. */
  readonly heldBackAt?: string;
  readonly approvedBy?: string;
  readonly policy: RemediationPolicy;
}

/**
 * Whether an issue is over once the watcher saw its workload well for a while: one that was given up. Of want of room an
 * alert or a person may know what it does not see.
 */
export function endsByWell({ state, kind, source }: Pick<Issue, 'state' | 'kind' | 'source'>) {
  return state === 'given-up' && (kind !== 'resource_constraint' || source === 'watcher');
}

/** One action and whether it helped. */
export interface Attempt {
  /** Counts all attempts of the target, for ever: the last part of the workflow's ID. */
  readonly number: number;
  readonly action: ActionName;
  /** When it ended: the cooldown begins. */
  readonly at: string;
  readonly result: AttemptResult;
  /** What was done, or why not, and what was seen then. */
  readonly detail: string;
  readonly before?: WorkloadHealth;
  readonly after?: WorkloadHealth;
}

/**
 * `refused`: nothing was written. `healthy`: nothing was wrong any more, so nothing was done, and it does not count.
 * `overtaken`: a deployment wanted the target before it was known whether it helped. `held-back`: many things fail at
 * once, so nothing is touched.
 */
export type AttemptResult =
  'helped' | 'not-helped' | 'refused' | 'healthy' | 'overtaken' | 'held-back';

/** How an issue ends that was looked after. */
export const ISSUE_ENDS = ['healed', 'given-up'] as const satisfies readonly IssueState[];
export type IssueEnd = (typeof ISSUE_ENDS)[number];

/** Durable, as the totals of deployments are: counted once, never go down. What never happened is absent. */
export interface IssueTotals {
  /** By kind of the issue, then action, then result. */
  readonly attempts: Partial<
    Readonly<
      Record<
        IssueKind,
        Partial<Readonly<Record<ActionName, Partial<Readonly<Record<AttemptResult, number>>>>>>
      >
    >
  >;
  /** By kind of the issue. */
  readonly ended: Partial<Readonly<Record<IssueKind, Partial<Readonly<Record<IssueEnd, number>>>>>>;
}

/** A Kubernetes Deployment as a person would look at it. */
export interface WorkloadHealth {
  readonly replicas: number;
  readonly ready: number;
  readonly restarts: number;
  readonly healthy: boolean;
  /** What is wrong, in Kubernetes' own words; empty when healthy. */
  readonly words: string;
}

/** Input of the `remediation` workflow: one attempt at one issue. */
export interface RemediationInput {
  readonly environment: string;
  readonly application: string;
  readonly issue: Issue;
  readonly action: ActionName;
  readonly number: number;
}

/** An issue as lists show it. */
export type IssueView = Omit<Issue, 'policy'> & {
  /** What waits for a yes; of a proposal alone. */
  readonly proposes?: ActionName;
};

/** How a report was answered. What is refused travels as a rejection instead, and writes no history. */
export interface IssueAnswer {
  readonly status: 'opened' | 'reopened' | 'noted' | 'known';
  readonly issue: IssueView;
}

/** A person's word on an issue. */
export interface IssueCommand {
  /** Its key. */
  readonly issue: string;
  readonly actor: string;
}

/** Looks before it acts. */
export interface InspectRequest {
  readonly action: ActionName;
  /** Absent of workflows that are older than this. */
  readonly kind?: IssueKind;
  /** Of a want of room that the watcher saw, once something was done: it is asked of the measurements again. */
  readonly byMeasure?: true;
  readonly namespace: string;
  readonly workload: string;
  /** Of `restart_pod`; absent: the pod that is worst off. */
  readonly pod?: string;
  readonly podUid?: string;
  readonly scale: ScalePolicy;
}

/** What to do, what not to do and why, or that nothing is wrong. */
export type Inspection = { readonly before?: WorkloadHealth } & (
  { readonly mend: Mend } | { readonly refused: string } | { readonly healthy: true }
);

/** One write. A repeat after a crash finds its work done; another object of the same name is never touched. */
export type Mend =
  | {
      readonly action: 'restart_pod';
      readonly pod: string;
      readonly uid: string;
      /** A disruption budget stands over it, which an eviction asks and a deletion does not. */
      readonly evict: boolean;
    }
  | { readonly action: 'restart_deployment'; readonly workload: string; readonly uid: string }
  | {
      readonly action: 'scale_deployment';
      readonly workload: string;
      readonly uid: string;
      readonly from: number;
      readonly to: number;
      /** The autoscaler whose bound is raised, in the place of the replicas, which are its own. */
      readonly autoscaler?: string;
    };

export interface MendRequest {
  readonly namespace: string;
  readonly mend: Mend;
  /** RFC 3339: when it was decided; what a rollout restart is known by. */
  readonly at: string;
}

/** What was done, in a sentence; or why nothing was written after all. */
export type MendResult = { readonly done: string } | { readonly refused: string };

export interface VerifyRequest {
  readonly namespace: string;
  readonly workload: string;
  /** What was done: the pod that it ended says nothing any more, however late the cluster tells of its end. */
  readonly mend: Mend;
  /** RFC 3339: when it was decided. A pod that was there before is given time; one that came since is not. */
  readonly at: string;
  readonly forMs: number;
  /** Longest that it may take until the workload is healthy at all. */
  readonly withinMs: number;
}

export interface VerifyResult {
  readonly helped: boolean;
  readonly detail: string;
  readonly after: WorkloadHealth;
}

/** Which Kubernetes Deployment a pod belongs to, or why nothing may be done about it. */
export type IssueSubject =
  | {
      /** Of a StatefulSet: `statefulset/<name>`, as kubectl writes it. */
      readonly workload: string;
      readonly pod?: string;
      /** Absent where the pod is gone. */
      readonly podUid?: string;
      /** Nothing is done by itself: why, and the command for a person. */
      readonly byHand?: string;
    }
  | { readonly refused: string };

export interface RemediationActivities {
  clusterSubject(request: {
    readonly namespace: string;
    readonly pod?: string;
    readonly workload?: string;
  }): Promise<IssueSubject>;
  clusterInspect(request: InspectRequest): Promise<Inspection>;
  clusterMend(request: MendRequest): Promise<MendResult>;
  /** Ends when the workload was healthy for `forMs`, or at the first sign that it is not mended. */
  clusterVerify(request: VerifyRequest): Promise<VerifyResult>;
}

/** Whether one more may act in an environment. */
export interface TurnRequest {
  readonly environment: string;
  /** Unique: the attempt. */
  readonly turn: string;
  /** Who acts: several turns of one target count as one. */
  readonly target: string;
  readonly limits: BlastRadius;
  /** After this it counts as over although nobody said so. */
  readonly forMs: number;
}

export type TurnAnswer = { readonly granted: true } | { readonly refused: string };

/** Input of the `blastRadius` workflow; the turns are what continue-as-new carries over. */
export interface BlastRadiusInput<Turns = unknown> {
  readonly turns?: Turns;
}

export interface TurnActivities {
  takeTurn(request: TurnRequest): Promise<TurnAnswer>;
  /** Repeats are harmless. */
  endTurn(request: {
    readonly environment: string;
    readonly turn: string;
    /** False: nothing was written, so it is no action of the hour. Default true. */
    readonly hasActed?: boolean;
  }): Promise<void>;
}
