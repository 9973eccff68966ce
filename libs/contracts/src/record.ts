import type { ClusterChange, DependencyDrift, Doom } from './cluster.ts';
import type { CanaryStep } from './plan.ts';
import type {
  DeploymentType,
  EventKind,
  EventType,
  ForeignSource,
  Outcome,
  Phase,
  ReceiptState,
} from './vocabulary.ts';

/** The pipeline that asked for a deployment. */
export interface CiRun {
  readonly provider: string;
  readonly url?: string;
  readonly commit?: string;
}

/** One thing that happened. `id` is `<deploymentId>/<kind>` (the second of a kind `….2`) and the first half of every delivery key. */
export interface DeploymentEvent {
  readonly id: string;
  /** Absent for what only the timeline shows. */
  readonly type?: EventType;
  readonly kind: EventKind;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly message: string;
  /**
   * `rollback-failed`: the repeat of `deployment-failed` when the rollback failed too; the one message that is always
   * critical. `test`: nothing happened, somebody tries whether messages arrive.
   */
  readonly mark?: 'rollback-failed' | 'test';
}

/** The record of one delivery. `key` is `<event id>/<destination>`. */
export interface Receipt {
  readonly destination: string;
  readonly key: string;
  readonly state: ReceiptState;
  readonly attempts: number;
  readonly at: string;
  /** The vendor's answer, or the cause and the mend of `dead` and `unknown`. */
  readonly detail?: string;
  readonly heldUntil?: string;
  /** Of `accepted`: the workflow that asks later what became of it, and has the receipt then. */
  readonly confirmedBy?: string;
}

export type ComponentPhase =
  'waiting' | 'deploying' | 'canary' | 'promoting' | 'done' | 'restored' | 'skipped' | 'failed';

export interface ComponentRecord {
  readonly name: string;
  readonly image: string;
  readonly previousImage?: string;
  readonly phase: ComponentPhase;
  /** Percent that the canary really takes; with one replica and router `replicas`, "10 %" is 50. */
  readonly realWeight?: number;
  /** From its first change until it was done, put back or given up. */
  readonly seconds?: number;
  /** The slowest of its new pods, from its creation until it was ready; as exact as the API's clock: a second. */
  readonly readySeconds?: number;
}

/** What `--json` prints, `record` answers, and templates receive. */
export interface DeploymentRecord {
  readonly deploymentId: string;
  readonly environment: string;
  readonly application: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly type: DeploymentType;
  /** Absent: Fairlead itself. */
  readonly source?: ForeignSource;
  /** Of another source: the tool that makes the deployment. */
  readonly tool?: string;
  /** `rollback` is what `fairlead rollback` asks for. */
  readonly kind: 'deploy' | 'rollback';
  readonly phase: Phase;
  readonly outcome?: Outcome;
  /** Number of the canary step that is on, from 1; 0 before the first. */
  readonly step: number;
  readonly steps: readonly CanaryStep[];
  /** Percent that was wanted; what is real stands with each component. */
  readonly weight: number;
  readonly components: readonly ComponentRecord[];
  readonly actor: string;
  readonly reason?: string;
  readonly ci?: CiRun;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly durationSeconds?: number;
  /** Time spent in each phase so far; a pause counts as `paused`, whatever it interrupts. */
  readonly phaseSeconds?: Partial<Readonly<Record<Phase, number>>>;
  /** When the timed pause or the bake that is on ends. */
  readonly waitingUntil?: string;
  readonly error?: DeploymentError;
  /** Last lines of a wrapped command, oldest first, with secrets masked. */
  readonly output?: readonly string[];
  readonly warnings: readonly string[];
  /** What was not put back: the open compensations, newest last. Only on `failed`, or while the run is on. */
  readonly left: readonly ClusterChange[];
  readonly drift: readonly DependencyDrift[];
  readonly events: readonly DeploymentEvent[];
  readonly deliveries: readonly Receipt[];
}

export interface DeploymentError {
  readonly type: string;
  readonly message: string;
  /** RFC 3339: when the run knew of it. */
  readonly at?: string;
  readonly doom?: Doom;
}
