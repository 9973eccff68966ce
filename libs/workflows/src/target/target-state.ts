import type { AdmissionAnswer, BusyPolicy, DeploymentInput, Outcome } from '@fairlead/contracts';
import {
  admit,
  leftToDeployment,
  NO_ISSUES,
  nextQueued,
  withAnswer,
  withoutQueued,
  withQueued,
  withRunning,
} from '@fairlead/domain';
import type { Admission, Admitted, IssueLedger, Ledger } from '@fairlead/domain';

interface TakenId {
  /** `<environment>/<application>` */
  readonly takenBy: string;
}

/** The ledger in motion during one run of the target. */
export class Target {
  ledger: Ledger;
  forgotten = false;
  private admitted: DeploymentInput | undefined;
  private readonly settled = new Map<string, AdmissionAnswer | TakenId>();

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  get issues(): IssueLedger {
    return this.ledger.remediation ?? NO_ISSUES;
  }

  set issues(issues: IssueLedger) {
    this.ledger = { ...this.ledger, remediation: issues };
  }

  /** What may run next: what was just admitted, or the first in the queue. */
  next(): DeploymentInput | undefined {
    return this.admitted ?? nextQueued(this.ledger)?.input;
  }

  /** A caller waits until its deployment is started. */
  get owesStart(): boolean {
    return this.admitted !== undefined;
  }

  /** Pure: also what a validator asks. */
  admission(requestId: string, onBusy: BusyPolicy, overHalt: boolean): Admission {
    return admit(this.ledger, { requestId, onBusy, overHalt });
  }

  /** Takes an admitted request as the one that runs; its workflow is started by the main loop. */
  take(input: DeploymentInput): void {
    this.admitted = input;
    this.ledger = withRunning(this.ledger, input, new Date().toISOString());
  }

  enqueue(admitted: Admitted): AdmissionAnswer {
    const { deploymentId } = admitted.input;
    this.ledger = withQueued(this.ledger, admitted);
    const answer = { status: 'queued', deploymentId, place: this.ledger.queue.length } as const;
    this.ledger = withAnswer(this.ledger, deploymentId, answer);
    return answer;
  }

  withdraw(deploymentId: string): boolean {
    const before = this.ledger.queue.length;
    this.ledger = withoutQueued(this.ledger, deploymentId);
    return this.ledger.queue.length < before;
  }

  /** What runs now starts from what a halted deployment left, as it is known now. */
  begin(input: DeploymentInput): DeploymentInput {
    this.take(input);
    this.admitted = undefined;
    this.ledger = withoutQueued(this.ledger, input.deploymentId);
    return { ...input, leftovers: this.ledger.halt?.left ?? [] };
  }

  started(deploymentId: string): void {
    if (this.ledger.remediation !== undefined) this.issues = leftToDeployment(this.issues);
    this.settle(deploymentId, { status: 'started', deploymentId });
  }

  /** This request ran here before, long enough ago to be forgotten. */
  ranBefore(deploymentId: string, outcome?: Outcome): void {
    this.runsNothing();
    const ended = outcome === undefined ? {} : { outcome };
    this.settle(deploymentId, { status: 'ended', deploymentId, ...ended });
  }

  /** Deployment IDs are unique in a Temporal namespace, and another target has used this one. */
  isTaken(deploymentId: string, by: string): void {
    this.runsNothing();
    this.settled.set(deploymentId, { takenBy: by });
  }

  private runsNothing(): void {
    const { running: _, ...rest } = this.ledger;
    this.ledger = rest;
  }

  answerOf(deploymentId: string): AdmissionAnswer | TakenId | undefined {
    return this.settled.get(deploymentId);
  }

  private settle(deploymentId: string, answer: AdmissionAnswer): void {
    this.settled.set(deploymentId, answer);
    this.ledger = withAnswer(this.ledger, deploymentId, answer);
  }
}
