import type {
  AdmissionAnswer,
  BusyPolicy,
  DeploymentInput,
  DeploymentResult,
  ForeignCount,
  GoodRun,
  Halt,
  LedgerView,
  RunningDeployment,
  Totals,
} from '@fairlead/contracts';
import { withSystems } from './publication.ts';
import type { Publication } from './publication.ts';
import { issueViews } from './remediation/issue-ledger.ts';
import type { IssueLedger } from './remediation/issue-ledger.ts';
import { countDeployment, NO_TOTALS } from './totals.ts';

/** A request that was admitted. `input` is what its workflow will be started with. */
export interface Admitted {
  readonly input: DeploymentInput;
  /** A rollback, or a deployment with `--force`: runs although the target is halted. */
  readonly overHalt: boolean;
}

/** How a request was answered; kept so that a repeat is harmless after the target continued as new. */
interface Answered {
  readonly requestId: string;
  readonly answer: AdmissionAnswer;
}

/** A target's memory. Carried over continue-as-new as it is, so everything in it is bounded. */
export interface Ledger {
  readonly environment: string;
  readonly application: string;
  readonly running?: RunningDeployment;
  readonly queue: readonly Admitted[];
  /** Newest last. */
  readonly answered: readonly Answered[];
  /** What ran well, newest last; the last one is what runs now unless the target is halted. */
  readonly good: readonly GoodRun[];
  readonly halt?: Halt;
  readonly totals: Totals;
  /** Absent where no deployment has told of itself: nobody is given the state. */
  readonly publication?: Publication;
  /** Absent where none was ever reported. */
  readonly remediation?: IssueLedger;
}

/** Request IDs whose answers are kept; beyond them REJECT_DUPLICATE on the child still prevents a second run. */
const ANSWERS_KEPT = 50;
/** How far `fairlead rollback --to` reaches back. */
const GOOD_RUNS_KEPT = 10;
/** Longest queue; a longer one is a pipeline that runs wild. */
const QUEUE_LIMIT = 50;

export function emptyLedger(environment: string, application: string): Ledger {
  return { environment, application, queue: [], answered: [], good: [], totals: NO_TOTALS };
}

export type Admission =
  | { readonly admitted: 'start' | 'queue' }
  | { readonly repeated: AdmissionAnswer }
  | { readonly rejected: 'busy'; readonly running: RunningDeployment; readonly message: string }
  | { readonly rejected: 'halted'; readonly halt: Halt; readonly message: string };

/** Whether a request may run now, must wait, or is refused. Pure: changes nothing. */
export function admit(
  ledger: Ledger,
  request: { requestId: string; onBusy: BusyPolicy; overHalt: boolean },
): Admission {
  const repeated = answeredBefore(ledger, request.requestId);
  if (repeated !== undefined) return { repeated };
  const { running } = ledger;
  if (running !== undefined) {
    const message = `deployment ${running.deploymentId} by ${running.actor} is running since ${running.startedAt}`;
    return admitBusy(ledger, request.onBusy, { running, message });
  }
  const next = nextQueued(ledger);
  if (next !== undefined) {
    // Between two runs: who came first goes first.
    const message = `deployment ${next.input.deploymentId} by ${next.input.actor} is about to start`;
    return admitBusy(ledger, request.onBusy, { running: aboutToRun(next.input), message });
  }
  if (ledger.halt !== undefined && !request.overHalt) {
    return { rejected: 'halted', halt: ledger.halt, message: haltMessage(ledger.halt) };
  }
  return { admitted: 'start' };
}

/** A request that is known, answered by what has become of it: also while it starts, and when its answer was crowded out. */
function answeredBefore(ledger: Ledger, requestId: string): AdmissionAnswer | undefined {
  const deploymentId = requestId;
  if (ledger.running?.deploymentId === requestId) return { status: 'started', deploymentId };
  const place = ledger.queue.findIndex(({ input }) => input.deploymentId === requestId) + 1;
  if (place > 0) return { status: 'queued', deploymentId, place };
  const known = ledger.answered.find((one) => one.requestId === requestId)?.answer;
  // Neither queued any more nor ever run: it was withdrawn.
  return known?.status === 'queued' ? { status: 'ended', deploymentId, outcome: 'refused' } : known;
}

function admitBusy(
  ledger: Ledger,
  onBusy: BusyPolicy,
  { running, message }: { running: RunningDeployment; message: string },
): Admission {
  if (onBusy !== 'queue') return { rejected: 'busy', running, message };
  if (ledger.queue.length >= QUEUE_LIMIT) {
    return { rejected: 'busy', running, message: `${message}, and ${QUEUE_LIMIT} more wait` };
  }
  return { admitted: 'queue' };
}

function haltMessage(halt: Halt): string {
  return `halted since ${halt.at} by deployment ${halt.deploymentId}: ${halt.message}`;
}

export function withRunning(ledger: Ledger, input: DeploymentInput, startedAt: string): Ledger {
  return { ...ledger, running: { ...aboutToRun(input), startedAt } };
}

function aboutToRun({
  deploymentId,
  actor,
  plan,
  requestedAt,
}: DeploymentInput): RunningDeployment {
  return {
    deploymentId,
    actor,
    startedAt: requestedAt,
    type: plan.type,
    expectedDurationMs: plan.expectedDurationMs,
  };
}

export function withAnswer(ledger: Ledger, requestId: string, answer: AdmissionAnswer): Ledger {
  const others = ledger.answered.filter((known) => known.requestId !== requestId);
  return { ...ledger, answered: [...others, { requestId, answer }].slice(-ANSWERS_KEPT) };
}

export function withQueued(ledger: Ledger, admitted: Admitted): Ledger {
  return { ...ledger, queue: [...ledger.queue, admitted] };
}

/** The first queued request that may run now; behind a halt only what is meant to go over it. */
export function nextQueued({ queue, halt }: Ledger): Admitted | undefined {
  return queue.find(({ overHalt }) => halt === undefined || overHalt);
}

export function withoutQueued(ledger: Ledger, deploymentId: string): Ledger {
  return {
    ...ledger,
    queue: ledger.queue.filter(({ input }) => input.deploymentId !== deploymentId),
  };
}

/** What the ledger must know of a run beside its result. */
export interface Place {
  readonly namespace: string;
  readonly cluster: string;
  /** Of a rollback: the good run that it was to bring back. */
  readonly goal?: string;
  /** The deployment could not clean up, so the target is halted whatever is known of it. */
  readonly terminated: boolean;
}

/** A deployment has ended: counted once, and remembered if it changed what runs. */
export function withResult(ledger: Ledger, result: DeploymentResult, place: Place): Ledger {
  const { environment, application, queue, answered, good, halt, totals } = ledger;
  const { publication, remediation } = ledger;
  const answer: AdmissionAnswer = {
    status: 'ended',
    deploymentId: result.deploymentId,
    outcome: result.outcome,
  };
  const counted: Ledger = {
    environment,
    application,
    queue,
    answered,
    good,
    totals: countDeployment(totals, result),
    ...(publication === undefined ? {} : { publication }),
    ...(remediation === undefined ? {} : { remediation }),
    ...(keepsHalt(halt, result) ? { halt } : {}),
    ...haltOf(result, place),
  };
  return withAnswer(withGoodRun(counted, result, place), result.deploymentId, answer);
}

/** Another tool's deployment has ended beside the lock: counted once, however often that is said. */
export function withForeignResult(ledger: Ledger, { result, systems }: ForeignCount): Ledger {
  const { deploymentId, outcome } = result;
  if (answeredBefore(ledger, deploymentId)?.status === 'ended') return ledger;
  const counted = { ...ledger, totals: countDeployment(ledger.totals, result) };
  return withAnswer(withSystems(counted, systems), deploymentId, {
    status: 'ended',
    deploymentId,
    outcome,
  });
}

/** A halt ends by a run of ours that came through, or that put back what was left, and by nothing else. */
function keepsHalt(halt: Halt | undefined, result: DeploymentResult): halt is Halt {
  if (halt === undefined) return false;
  if (result.source !== undefined) return true;
  if (result.outcome === 'succeeded') return false;
  return halt.left.length === 0 || result.left.length > 0;
}

function haltOf(
  result: DeploymentResult,
  { namespace, cluster, goal, terminated }: Place,
): { halt?: Halt } {
  // What another tool has done is its own affair: nothing of ours is left in the cluster.
  if (result.source !== undefined) return {};
  const halts = terminated || (result.outcome === 'failed' && result.left.length > 0);
  if (!halts) return {};
  return {
    halt: {
      deploymentId: result.deploymentId,
      kind: result.kind,
      ...(goal === undefined ? {} : { goal }),
      at: result.finishedAt,
      message: result.error ?? 'the deployment failed',
      ...(result.failure === undefined ? {} : { failure: result.failure }),
      left: result.left,
      namespace,
      cluster,
    },
  };
}

function withGoodRun(
  ledger: Ledger,
  result: DeploymentResult,
  { namespace, cluster }: Place,
): Ledger {
  if (result.outcome !== 'succeeded' || result.runs === undefined) return ledger;
  const { deploymentId, finishedAt } = result;
  const run: GoodRun = { deploymentId, finishedAt, namespace, cluster, components: result.runs };
  const before = unrecordedBefore(ledger, result).map((one) => ({ ...one, namespace, cluster }));
  return { ...ledger, good: [...ledger.good, ...before, run].slice(-GOOD_RUNS_KEPT) };
}

/** What ran before, where no deployment of ours brought it: the first one has a way back too. */
function unrecordedBefore(
  ledger: Ledger,
  { deploymentId, startedAt, ran }: DeploymentResult,
): Omit<GoodRun, 'namespace' | 'cluster'>[] {
  if (ran === undefined || ran.length === 0) return [];
  const known = new Map(ledger.good.at(-1)?.components.map(({ name, image }) => [name, image]));
  if (ran.every(({ name, image }) => known.get(name) === image)) return [];
  return [{ deploymentId: `before-${deploymentId}`, finishedAt: startedAt, components: ran }];
}

/** The images that `fairlead rollback` goes back to. */
export function rollbackTarget(ledger: Ledger, to?: string): GoodRun | undefined {
  const { good, halt } = ledger;
  const goal = to ?? halt?.goal;
  if (goal !== undefined) return good.find(({ deploymentId }) => deploymentId === goal);
  if (halt === undefined) return good.at(-2);
  // A deployment that halted was to replace the last good run. A rollback without a goal only put back what was left.
  return halt.kind === 'deploy' ? good.at(-1) : undefined;
}

function issuesOf({ remediation }: Ledger): Pick<LedgerView, 'issues' | 'issueTotals'> {
  if (remediation === undefined) return {};
  const { totals } = remediation;
  return {
    issues: issueViews(remediation),
    ...(totals === undefined ? {} : { issueTotals: totals }),
  };
}

/** What the memo and the `ledger` query show. */
export function viewOf(ledger: Ledger): LedgerView {
  const present = ledger.good.at(-1);
  const previous = ledger.good.at(-2);
  return {
    environment: ledger.environment,
    application: ledger.application,
    ...(ledger.running === undefined ? {} : { running: ledger.running }),
    queue: ledger.queue.map(({ input }) => ({
      deploymentId: input.deploymentId,
      actor: input.actor,
    })),
    ...(present === undefined ? {} : { present }),
    ...(previous === undefined ? {} : { previous }),
    ...(ledger.halt === undefined ? {} : { halt: ledger.halt }),
    totals: ledger.totals,
    ...issuesOf(ledger),
  };
}
